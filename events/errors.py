from typing import ClassVar

from dreamkast.lib.errors import DomainError


class RegistrationClosed(DomainError):
    """The event takes no registrations: not announced yet, or over."""

    code: ClassVar[str] = "registration_closed"
