"""Why a recording was not cut, corrected or published. `code` is what the page explains."""

from django.utils.translation import gettext_lazy as _

from dreamkast.lib.errors import DomainError


class RecordingRefused(DomainError):
    """Nothing was changed."""

    explanation = _("Nothing was changed.")


class CutForbidden(RecordingRefused):
    code = "forbidden_by_mark"
    explanation = _("The talk is marked: it must not be recorded or streamed.")


class CutUnderWay(RecordingRefused):
    code = "under_way"
    explanation = _("It is being cut. Wait until that has ended, or drop it.")


class BadEdges(RecordingRefused):
    code = "bad_edges"
    explanation = _(
        "The end must come after the start, at most twelve hours later, and not lie in the future."
    )


class NotCut(RecordingRefused):
    code = "not_cut"
    explanation = _("There is no finished cut to publish.")


class NoArchiveAddress(RecordingRefused):
    code = "no_address"
    explanation = _("Nobody has said where viewers find the archive (DREAMKAST_ARCHIVE_URL).")


class TalkNotPublished(RecordingRefused):
    code = "not_published"
    explanation = _("The talk is not published: there is no page for its video.")


class EdgesChangedMeanwhile(RecordingRefused):
    code = "changed"
    explanation = _("Somebody else changed this recording meanwhile. Look at it again.")
