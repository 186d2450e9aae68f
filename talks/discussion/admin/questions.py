"""The questions to the talks of an organizer's events. Who asked is not shown here either."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dreamkast.lib.bulk_question import asks_first
from events.admin_scope import EventScopedAdmin, ReadOnlyAdmin
from talks.discussion.errors import QuestionGone
from talks.discussion.models import Answer, QuestionLog, QuestionSettings, TalkQuestion
from talks.discussion.services import question_desk


class ShownFilter(admin.SimpleListFilter):
    """What viewers see, and what was taken from them."""

    title, parameter_name = _("visible"), "visible"
    WAYS = {
        "yes": Q(hidden_at=None, deleted_at=None, merged_into=None),
        "hidden": Q(hidden_at__isnull=False, deleted_at=None),
        "deleted": Q(deleted_at__isnull=False),
        "merged": Q(merged_into__isnull=False),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("yes", _("to everybody")),
            ("hidden", _("hidden")),
            ("deleted", _("deleted")),
            ("merged", _("merged")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[TalkQuestion]) -> QuerySet[TalkQuestion]:
        return queryset.filter(self.WAYS.get(self.value() or "", Q()))


@admin.register(TalkQuestion)
class TalkQuestionAdmin(ReadOnlyAdmin):
    event_path = "talk__event"
    list_display = ["created_at", "body", "talk", "votes", "answer_count", "state", "is_visible"]
    list_display_links = ["body"]
    list_filter = [("talk__event", RelatedOnlyFieldListFilter), ShownFilter, "state", "is_pinned"]
    list_select_related = ["talk__event"]
    search_fields = ["body", "talk__title"]
    date_hierarchy = "created_at"
    actions = ["hide", "show_again"]
    fields = [
        "talk",
        "body",
        "created_at",
        "votes",
        "state",
        "is_pinned",
        "hidden_at",
        "hidden_by",
        "deleted_at",
        "merged_into",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[TalkQuestion]:
        given = Count("answers", filter=Q(answers__deleted_at=None))
        return super().get_queryset(request).annotate(given=given)

    @admin.display(description=_("answers"), ordering="given")
    def answer_count(self, question: Any) -> int:
        return question.given

    @admin.display(description=_("visible"), boolean=True)
    def is_visible(self, question: TalkQuestion) -> bool:
        return not (question.hidden_at or question.deleted_at or question.merged_into_id)

    @admin.action(description=_("Hide the selected questions"))
    @asks_first(
        _("They vanish from every screen at once, with their answers and votes."),
        _("Those who moderate still see them in the list and can show them again."),
    )
    def hide(self, request: HttpRequest, queryset: QuerySet[TalkQuestion]) -> None:
        self._each(request, queryset, question_desk.hide)

    @admin.action(description=_("Show the selected questions again"))
    @asks_first(_("Everybody who follows the talk sees them again at once."))
    def show_again(self, request: HttpRequest, queryset: QuerySet[TalkQuestion]) -> None:
        self._each(request, queryset, question_desk.show)

    def _each(self, request: HttpRequest, queryset: QuerySet[TalkQuestion], verb: Any) -> None:
        """Those that are gone meanwhile are left alone."""
        changed = sum(self._did(question, verb, request.user) for question in queryset)
        text = ngettext("%(count)s question changed.", "%(count)s questions changed.", changed)
        self.message_user(request, text % {"count": changed})

    def _did(self, question: TalkQuestion, verb: Any, actor: Any) -> bool:
        try:
            return verb(question=question, actor=actor).is_hidden != question.is_hidden
        except QuestionGone:
            return False


@admin.register(Answer)
class AnswerAdmin(ReadOnlyAdmin):
    event_path = "question__talk__event"
    list_display = ["created_at", "body", "question", "role", "speaker", "author", "deleted_at"]
    list_display_links = ["body"]
    list_filter = [("question__talk__event", RelatedOnlyFieldListFilter), "role"]
    list_select_related = ["question__talk__event", "speaker", "author"]
    search_fields = ["body", "question__body", "question__talk__title"]


@admin.register(QuestionLog)
class QuestionLogAdmin(ReadOnlyAdmin):
    event_path = "question__talk__event"
    list_display = ["at", "question", "verb", "actor"]
    list_filter = [("question__talk__event", RelatedOnlyFieldListFilter), "verb"]
    list_select_related = ["question__talk__event", "actor"]
    search_fields = ["question__body", "question__talk__title", "actor__email"]
    date_hierarchy = "at"


@admin.register(QuestionSettings)
class QuestionSettingsAdmin(EventScopedAdmin):
    list_display = ["event", "takes_questions", "days"]
    list_filter = [("event", RelatedOnlyFieldListFilter)]
    list_select_related = ["event"]
    search_fields = ["event__slug"]
    fields = ["event", "takes_questions", "days"]
