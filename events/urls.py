from django.urls import path

from events.enums import TextKind
from events.views.join import join, own_links
from events.views.profiles import attendees, profile_picture, public_profile
from events.views.public import home, landing, sponsor, sponsor_list, theme
from events.views.registration import address, registration
from events.views.texts import link_list, team, text

app_name = "events"
urlpatterns = [
    path("", home, name="home"),
    path("accounts/join-links/", own_links, name="own_links"),
    path("<slug:event>/", landing, name="landing"),
    path("<slug:event>/join/<str:token>", join, name="join"),
    path("<slug:event>/sponsors", sponsor_list, name="sponsor_list"),
    path("<slug:event>/sponsors/<int:sponsor_id>", sponsor, name="sponsor"),
    path("<slug:event>/theme-<slug:digest>.css", theme, name="theme"),
    path("<slug:event>/registration", registration, name="registration"),
    path("<slug:event>/attendees", attendees, name="attendees"),
    path("<slug:event>/attendees/<uuid:public_id>.webp", profile_picture, name="profile_picture"),
    path("<slug:event>/profile", public_profile, name="public_profile"),
    path("<slug:event>/registration/address", address, name="registration_address"),
    path("<slug:event>/coc", text, {"kind": TextKind.CONDUCT}, name="conduct"),
    path("<slug:event>/privacy", text, {"kind": TextKind.PRIVACY}, name="privacy"),
    path("<slug:event>/access", text, {"kind": TextKind.ACCESS}, name="access"),
    path("<slug:event>/links", link_list, name="link_list"),
    path("<slug:event>/team", team, name="team"),
]
