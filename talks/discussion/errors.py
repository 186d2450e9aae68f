"""How questions and chat say no. The message is for the person, in the language of the request."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from dreamkast.lib.errors import DomainError


class DiscussionRefused(DomainError):
    """Nothing was changed. `status` is what the API answers with."""

    status: ClassVar[int] = 409
    words: ClassVar[object] = ""

    def __str__(self) -> str:
        return str(self.words)


class Empty(DiscussionRefused):
    code, status = "empty", 422
    words = _("Please write something first.")


class TooLong(DiscussionRefused):
    code, status = "too_long", 422

    def __init__(self, longest: int) -> None:
        super().__init__(longest)
        self.longest = longest

    def __str__(self) -> str:
        return str(_("Please use at most %(longest)s characters.") % {"longest": self.longest})


class AskedTooOften(DiscussionRefused):
    """One person's questions within a short time; a flood must not bury those of others."""

    code, status = "too_often", 429
    words = _("You have asked several questions in a short time. Please wait a minute and send it again.")


class VotedTooOften(DiscussionRefused):
    code, status = "too_often", 429
    words = _("That was a lot of votes in a short time. Please wait a minute.")


class QuestionsClosed(DiscussionRefused):
    """The talk takes no questions, votes or answers now. `why` is a code of talks.discussion.opening."""

    code = "questions_closed"

    def __init__(self, why: str, words: object) -> None:
        super().__init__(why)
        self.why, self.closed_words = why, words

    def __str__(self) -> str:
        return str(self.closed_words)


class QuestionGone(DiscussionRefused):
    """It was hidden, deleted or merged meanwhile."""

    code, status = "question_gone", 404
    words = _("This question is no longer here.")


class CannotMerge(DiscussionRefused):
    """Into itself, into another talk's, or into one that viewers do not see."""

    code = "cannot_merge"
    words = _("These two questions cannot be merged.")
