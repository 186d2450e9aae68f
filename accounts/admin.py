from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import OutgoingMail, User
from accounts.services.people import sign_out_everywhere, take_second_factor
from accounts.services.privacy import ErasureRefused, erase, outlook, refusals
from dreamkast.lib.admin_history import TellsHistory, add_notes, note
from dreamkast.lib.bulk_question import asks_first

add_notes(
    signed_out=_("Signed out on all devices."),
    took_factor=_("Removed the second factor and signed out on all devices."),
)


class ForSuperusers:
    """Personal data of everybody is for the site's owners; organizers see the people of their own events."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)


class SessionInline(ForSuperusers, admin.TabularInline):
    model = UserSession
    fields = readonly_fields = ["created_at", "last_seen_at", "ip", "user_agent"]
    extra = 0
    can_delete = False
    verbose_name_plural = _("signed in on")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(ForSuperusers, TellsHistory, admin.ModelAdmin):
    list_display = ["email", "name", "is_active", "is_superuser", "date_joined", "last_login"]
    list_filter = ["is_active", "is_superuser", "date_joined"]
    search_fields = ["email", "name"]
    ordering = ["-date_joined"]
    fields = ["email", "name", "is_active", "is_superuser", "date_joined", "last_login"]
    readonly_fields = ["date_joined", "last_login"]
    inlines = [SessionInline]
    actions = ["sign_out", "take_factor"]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        # An address is changed by its owner, who proves the new one.
        return [*self.readonly_fields, "email"] if obj else self.readonly_fields

    def get_inlines(self, request: HttpRequest, obj: User | None) -> list[Any]:
        return self.inlines if obj else []

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.email = obj.email.lower()
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def get_deleted_objects(self, people: Any, request: HttpRequest) -> Any:
        """What erasing does, in the words that people read themselves; not the rows of all tables."""
        words: dict[str, None] = {}
        for person in people:
            for sentences in outlook(user=person).values():
                words |= dict.fromkeys(sentences)
        refused = [f"{person}: {text}" for person in people for text in refusals(user=person)]
        count = {str(self.opts.verbose_name_plural): len(people)}
        return [*map(str, people), *words], count, set(), refused

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, *args, **kwargs)
        except ErasureRefused as refused:
            # They became somebody's last between the question and the answer.
            self.message_user(request, " ".join(refused.sentences), messages.ERROR)
            return HttpResponseRedirect(request.path)

    def delete_model(self, request: HttpRequest, person: User) -> None:
        erase(user=person)

    def delete_queryset(self, request: HttpRequest, people: QuerySet[User]) -> None:
        for person in people:
            erase(user=person)

    @admin.action(description=_("Sign out of all devices"))
    @asks_first(
        _("They are signed out everywhere at once and sign in anew. Nothing else of theirs changes."),
    )
    def sign_out(self, request: HttpRequest, people: QuerySet[User]) -> None:
        ended = 0
        for person in people:
            ended += sign_out_everywhere(user=person)
            note(request, person, "signed_out")
        text = ngettext("%(n)d device signed out.", "%(n)d devices signed out.", ended) % {"n": ended}
        messages.success(request, text)

    @admin.action(description=_("Remove the second factor (device and codes lost)"))
    @asks_first(
        _("Their apps, passkeys and recovery codes are removed, and they are signed out everywhere."),
        _("Whoever asked for this may be somebody else. Make sure of it first, other than by mail."),
    )
    def take_factor(self, request: HttpRequest, people: QuerySet[User]) -> None:
        for person in people:
            take_second_factor(user=person)
            note(request, person, "took_factor")
        messages.success(request, _("Done. They set a new one up at their next sign-in."))


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ForSuperusers, admin.ModelAdmin):
    """What waits for the mail server. Neither address nor text is shown: a text may carry a code."""

    list_display = ["id", "created_at", "attempts", "next_try_at", "sent_at", "last_error"]
    list_filter = ["sent_at"]
    fields = readonly_fields = ["attempts", "next_try_at", "expires_at", "sent_at", "last_error"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
