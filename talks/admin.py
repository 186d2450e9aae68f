from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from dreamkast.lib.bulk_question import asks_first
from events.admin_scope import (
    EventScopedAdmin,
    EventScopedInline,
    NamedFormSet,
    ReadOnlyAdmin,
    SameEventForm,
    own_events,
)
from events.models import Day
from talks.draft_state import chosen_sentence
from talks.editor_urls import editor_urls
from talks.exchange_urls import exchange_urls
from talks.models import (
    DraftChange,
    ProgrammeChange,
    ProgrammeImport,
    ProgrammeVersion,
    Speaker,
    Talk,
    TalkSpeaker,
)
from talks.services import cancelling, programme
from talks.services.bookings import GIVEN_AWAY, PlaceGivenAway, refuse_double_booking
from talks.video_addresses import validate_video

admin.site.add_pages(editor_urls)  # type: ignore[attr-defined]
admin.site.add_pages(exchange_urls)  # type: ignore[attr-defined]


class DayFilter(admin.SimpleListFilter):
    """The days of the person's own events, each in its event's zone."""

    title, parameter_name = _("day"), "day"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        events = own_events(request)
        days = Day.objects.filter(event__in=events).select_related("event")
        several = len(events) > 1
        return [(str(day.pk), f"{day.event} {day}" if several else str(day)) for day in days]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Talk]) -> QuerySet[Talk]:
        if not (self.value() or "").isdigit():
            return queryset
        day = (
            Day.objects.filter(event__in=own_events(request), pk=self.value()).select_related("event").first()
        )
        if day is None:
            return queryset.none()
        return queryset.filter(event=day.event, **programme.span_of(day))


class ExchangeTools:
    """A list from which import and export of each own event are one step away."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        extra = {**(extra_context or {}), "exchange_events": list(own_events(request))}
        return super().changelist_view(request, extra)  # type: ignore[misc]


class SpeakerFormSet(NamedFormSet):
    """Speakers come from the talk's own event."""

    def clean(self) -> None:
        super().clean()
        event_id = self.instance.event_id
        for form in self.forms:
            speaker = form.cleaned_data.get("speaker") if hasattr(form, "cleaned_data") else None
            if speaker and event_id and speaker.event_id != event_id:
                form.add_error("speaker", _("This belongs to another event."))


class SpeakerInline(EventScopedInline):
    model = TalkSpeaker
    formset = SpeakerFormSet
    autocomplete_fields = ["speaker"]
    fields = ["speaker", "position"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[TalkSpeaker]:
        """Each row says its names."""
        return super().get_queryset(request).select_related("speaker", "talk")


class TalkForm(SameEventForm):
    class Meta:
        widgets = {"title": AdminTextInputWidget(attrs={"class": "vLargeTextField"})}

    def clean_video_url(self) -> str:
        """An address from before stays: what nothing here plays is a link on the talk's page."""
        address: str = self.cleaned_data["video_url"]
        if "video_url" in self.changed_data:
            validate_video(address)
        return address

    def clean_is_published(self) -> bool:
        """Publishing by the box is publishing: it pushes into no place that is taken."""
        is_published: bool = self.cleaned_data["is_published"]
        if is_published and self.instance.pk and not self.initial.get("is_published"):
            try:
                refuse_double_booking(self.instance.event, [self.instance])
            except PlaceGivenAway as refused:
                raise forms.ValidationError(GIVEN_AWAY) from refused
        return is_published


@admin.register(Talk)
class TalkAdmin(ExchangeTools, EventScopedAdmin):
    form = TalkForm
    list_display = ["title", "track", "when", "kind", "names", "is_published", "event"]
    list_filter = [
        ("event", RelatedOnlyFieldListFilter),
        DayFilter,
        ("track", RelatedOnlyFieldListFilter),
        "kind",
        "is_published",
        "lang",
    ]
    list_select_related = ["event", "track"]
    search_fields = ["title", "speakers__name_ja", "speakers__name_en", "speakers__organisation"]
    search_help_text = _("Title, speaker or organisation")
    date_hierarchy = "starts_at"
    readonly_fields = ["id", "place", "cancelled_at"]
    inlines = [SpeakerInline]
    actions = ["publish", "take_back", "cancel", "reinstate"]
    fieldsets = [
        (
            None,
            {"fields": ["id", "event", "title", ("lang", "kind"), "abstract", ("category", "difficulty")]},
        ),
        (_("Place"), {"fields": ["place", "is_for_all_tracks", ("minutes", "seats"), "cancelled_at"]}),
        (
            _("Publication"),
            {"fields": ["is_published", ("do_not_stream", "do_not_record"), "slides_url", "video_url"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Talk]:
        return super().get_queryset(request).prefetch_related("talk_speakers__speaker")

    @admin.display(description=_("when"), ordering="starts_at")
    def when(self, talk: Talk) -> str:
        if not (talk.starts_at and talk.ends_at):
            return "-"
        start, end = talk.starts_at.astimezone(talk.event.zone), talk.ends_at.astimezone(talk.event.zone)
        return f"{start:%m/%d %H:%M}–{end:%H:%M}"

    @admin.display(description=_("place"))
    def place(self, talk: Talk) -> str:
        """Where everybody sees it; it is moved in the timetable editor, or by its plain form."""
        if talk.pk is None:
            return _("A new talk waits in the timetable editor for its place.")
        editor = [talk.event.slug]
        links = [
            (reverse("admin:talks_timetable_form", args=[*editor, talk.pk]), _("Place by form")),
            (reverse("admin:talks_timetable", args=editor), _("Timetable editor")),
            (
                reverse("admin:talks_timetable_cancel", args=[*editor, talk.pk]),
                _("Reinstate the talk") if talk.is_cancelled else _("Cancel the talk"),
            ),
        ]
        where = f"{self.when(talk)} {talk.track or ''}".strip()
        return format_html("{} · {}", where, format_html_join(" · ", '<a href="{}">{}</a>', links))

    @admin.display(description=_("speakers"))
    def names(self, talk: Talk) -> str:
        return ", ".join(str(person) for person in talk.people)

    def save_model(self, request: HttpRequest, obj: Talk, form: Any, change: bool) -> None:
        form.before = programme.stored_values(obj)
        self.check_scope(request, obj)
        # Only what was typed: the timetable may have been published since the page was drawn.
        typed = [name for name in form.changed_data if name in {field.name for field in obj._meta.fields}]
        obj.save(update_fields=[*typed, "updated_at"] if change else None)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        programme.record_edit(talk=form.instance, before=form.before, actor=request.user)

    def delete_model(self, request: HttpRequest, obj: Talk) -> None:
        programme.delete_talk(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Talk]) -> None:
        for talk in queryset:
            programme.delete_talk(talk)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The log of its changes goes with a talk, though nobody may delete the log alone."""
        tree, counts, missing, protected = super().get_deleted_objects(objs, request)
        return tree, counts, missing - {ProgrammeChange._meta.verbose_name}, protected

    @admin.action(description=_("Publish the selected talks"))
    @asks_first(_("Everybody sees these talks in the timetable, with their speakers, from now on."))
    def publish(self, request: HttpRequest, queryset: QuerySet[Talk]) -> None:
        self._set_published(request, queryset, True)

    @admin.action(description=_("Take the selected talks back from publication"))
    @asks_first(
        _("The talks vanish from the public timetable; bookmarks stay, but lead nowhere meanwhile."),
        more=chosen_sentence,
    )
    def take_back(self, request: HttpRequest, queryset: QuerySet[Talk]) -> None:
        self._set_published(request, queryset, False)

    @admin.action(description=_("Cancel the selected talks"))
    @asks_first(
        _("They stay in the timetable, marked as cancelled, and so in subscribed calendars."),
        _("They cannot be put on air, and their places are free for other talks."),
        _("One that is on air now stays on air until staff take it off."),
        more=chosen_sentence,
    )
    def cancel(self, request: HttpRequest, queryset: QuerySet[Talk]) -> None:
        self._each(request, queryset, cancelling.cancel_talk)

    @admin.action(description=_("Reinstate the selected talks"))
    @asks_first(
        _("They are shown as taking place again, also in calendars that are subscribed to."),
        _("One whose place has been given away stays cancelled: give it another place first."),
        more=chosen_sentence,
    )
    def reinstate(self, request: HttpRequest, queryset: QuerySet[Talk]) -> None:
        self._each(request, queryset, cancelling.reinstate_talk)

    def _set_published(self, request: HttpRequest, queryset: QuerySet[Talk], is_published: bool) -> None:
        def change(*, talk: Talk, actor: Any) -> int:
            return programme.set_published(talks=[talk], is_published=is_published, actor=actor)

        self._each(request, queryset, change)

    def _each(self, request: HttpRequest, queryset: QuerySet[Talk], change: Any) -> None:
        """One after the other: what is refused is named and holds up none of the others."""
        changed, refused = 0, []
        for talk in queryset.select_related("event"):
            try:
                changed += change(talk=talk, actor=request.user)
            except PlaceGivenAway:
                refused.append(talk)
        if changed or not refused:
            self._say(request, changed)
        for talk in refused:
            self.message_user(request, f"{talk}: {GIVEN_AWAY}", messages.ERROR)

    def _say(self, request: HttpRequest, count: int) -> None:
        text = ngettext("%(count)s talk changed.", "%(count)s talks changed.", count)
        self.message_user(request, text % {"count": count})


class SpeakerForm(SameEventForm):
    """The account is named by address, so that nobody leafs through other events' people."""

    account = forms.EmailField(
        label=_("account"),
        required=False,
        help_text=_("The address with which this speaker signs in; it may stay empty."),
    )

    class Meta:
        model = Speaker
        exclude = ["user"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.user is not None:
            self.fields["account"].initial = self.instance.user.email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        address = cleaned.get("account")
        person = User.objects.filter(email__iexact=address).first() if address else None
        if address and person is None:
            self.add_error("account", _("Nobody has signed in with this address yet."))
        elif person and self._others(cleaned).filter(user=person).exists():
            self.add_error("account", _("This account belongs to another speaker of the event."))
        self.instance.user = person
        return cleaned

    def _others(self, cleaned: dict[str, Any]) -> QuerySet[Speaker]:
        event = cleaned.get("event") or self.instance.event_id
        return Speaker.objects.filter(event=event).exclude(pk=self.instance.pk)


@admin.register(Speaker)
class SpeakerAdmin(EventScopedAdmin):
    form = SpeakerForm
    list_display = ["name_ja", "name_en", "organisation", "event", "has_account"]
    list_filter = [("event", RelatedOnlyFieldListFilter)]
    list_select_related = ["event"]
    search_fields = ["name_ja", "name_en", "organisation", "user__email"]
    readonly_fields = ["id"]
    fields = [
        "id",
        "event",
        ("name_ja", "name_en"),
        ("organisation", "job_title"),
        "account",
        "bio_ja",
        "bio_en",
        "avatar",
    ]

    @admin.display(description=_("account"), boolean=True)
    def has_account(self, speaker: Speaker) -> bool:
        return speaker.user_id is not None

    def save_model(self, request: HttpRequest, obj: Speaker, form: Any, change: bool) -> None:
        self.check_scope(request, obj)
        programme.rename_speaker(speaker=obj, actor=request.user)

    def delete_model(self, request: HttpRequest, obj: Speaker) -> None:
        programme.delete_speaker(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> None:
        for speaker in queryset:
            programme.delete_speaker(speaker)


@admin.register(ProgrammeChange)
class ProgrammeChangeAdmin(ReadOnlyAdmin):
    event_path = "talk__event"
    list_display = ["at", "talk", "field", "before", "after", "actor"]
    list_filter = [("talk__event", RelatedOnlyFieldListFilter), "field"]
    list_select_related = ["talk__event", "actor"]
    search_fields = ["talk__title", "before", "after"]
    date_hierarchy = "at"


@admin.register(ProgrammeVersion)
class ProgrammeVersionAdmin(ReadOnlyAdmin):
    list_display = ["number", "event", "published_at", "actor", "note"]
    list_filter = [("event", RelatedOnlyFieldListFilter)]
    list_select_related = ["event", "actor"]
    search_fields = ["note"]
    fields = ["event", "number", "published_at", "actor", "note"]


@admin.register(DraftChange)
class DraftChangeAdmin(ReadOnlyAdmin):
    list_display = ["at", "talk", "actor", "undone_at"]
    list_filter = [("event", RelatedOnlyFieldListFilter)]
    list_select_related = ["talk", "actor"]
    search_fields = ["talk__title"]


@admin.register(ProgrammeImport)
class ProgrammeImportAdmin(ExchangeTools, ReadOnlyAdmin):
    list_display = ["created_at", "name", "event", "actor", "applied_at", "added", "changed", "dropped"]
    list_filter = [("event", RelatedOnlyFieldListFilter)]
    list_select_related = ["event", "actor"]
    search_fields = ["name"]
    fields = ["event", "name", "actor", "applied_at", "added", "changed", "dropped"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProgrammeImport]:
        return super().get_queryset(request).defer("content")
