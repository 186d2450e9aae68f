from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter

from events.admin.frame_part import FramePartAdmin
from events.models import Sponsor, SponsorTier


@admin.register(SponsorTier)
class SponsorTierAdmin(FramePartAdmin):
    list_display = ["name_ja", "name_en", "event", "position"]
    list_filter = [("event", RelatedOnlyFieldListFilter)]
    list_select_related = ["event"]
    search_fields = ["name_ja", "name_en"]
    readonly_fields = ["id"]


@admin.register(Sponsor)
class SponsorAdmin(FramePartAdmin):
    list_display = ["name", "tier", "event", "position", "url"]
    list_filter = [("event", RelatedOnlyFieldListFilter), ("tier", RelatedOnlyFieldListFilter)]
    list_select_related = ["event", "tier"]
    search_fields = ["name", "url"]
    readonly_fields = ["id"]
