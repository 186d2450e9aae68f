from django.contrib import admin
from django.contrib.auth.models import Group

from events.admin import (
    announcement,
    event,
    history,
    people,
    profile,
    question,
    registration,
    registration_settings,
    sponsor,
    text,
    token,
    track,
)

# What somebody may do hangs on the event (events.rules), never on Django's groups.
admin.site.unregister(Group)

__all__ = [
    "announcement",
    "event",
    "history",
    "people",
    "profile",
    "question",
    "registration",
    "registration_settings",
    "sponsor",
    "text",
    "token",
    "track",
]
