from typing import ClassVar

from dreamkast.lib.errors import DomainError


class RegistrationClosed(DomainError):
    """The event takes no registrations: not announced yet, or over."""

    code: ClassVar[str] = "registration_closed"


class StepRefused(DomainError):
    """The event is not where this step starts: somebody else was faster, or a rule forbids it."""

    code: ClassVar[str] = "step_refused"


class NotOnSite(DomainError):
    """The event takes nobody on site."""

    code: ClassVar[str] = "not_on_site"


class QuestionInUse(DomainError):
    """Somebody has answered the question: it keeps its column and its kind, and stays."""

    code: ClassVar[str] = "question_in_use"


class LastOrganizer(DomainError):
    """An event without an organizer could be helped by nobody in it."""

    code: ClassVar[str] = "last_organizer"
