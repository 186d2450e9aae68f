from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dreamkast.lib.bulk_question import asks_first
from events.admin_scope import ReadOnlyAdmin
from events.models import PublicProfile
from events.services.profiles import hide_profile


@admin.register(PublicProfile)
class PublicProfileAdmin(ReadOnlyAdmin):
    """What people show of themselves is theirs; organizers may only take it off the list."""

    event_path = "registration__event"
    list_display = ["nickname", "event", "line", "x_name", "github_name", "is_public", "created_at"]
    list_filter = [("registration__event", RelatedOnlyFieldListFilter), "is_public"]
    list_select_related = ["registration__event"]
    search_fields = ["nickname", "line"]
    fields = ["nickname", "line", "x_name", "github_name", "is_public", "created_at"]
    readonly_fields = fields
    actions = ["hide"]

    @admin.display(description=_("event"), ordering="registration__event")
    def event(self, profile: PublicProfile) -> str:
        return str(profile.registration.event)

    @admin.action(description=_("Take the selected profiles off the list of attendees"))
    @asks_first(
        _("They vanish from the list of attendees."),
        _("The people are not told, and may show themselves again."),
    )
    def hide(self, request: HttpRequest, queryset: QuerySet[PublicProfile]) -> None:
        count = sum(hide_profile(profile=row) for row in queryset)
        text = ngettext("%(count)s profile is hidden now.", "%(count)s profiles are hidden now.", count)
        self.message_user(request, text % {"count": count})
