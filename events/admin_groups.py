"""The lists of the admin in the order in which a conference is organized."""

from typing import Any

from django.utils.translation import gettext_lazy as _

GROUPS: list[tuple[Any, list[str]]] = [
    (
        _("Event"),
        ["Event", "Day", "Track", "Room", "EventText", "EventLink", "SponsorTier", "Sponsor", "TeamMember"],
    ),
    (
        _("Registration"),
        ["Registration", "RegistrationSettings", "Question", "ConsentText", "JoinLink", "RegistrationExport"],
    ),
    (_("Programme"), ["Talk", "Speaker", "ProgrammeImport", "ProgrammeVersion"]),
    (
        _("On the day"),
        [
            "Announcement",
            "OnAir",
            "TalkQuestion",
            "QuestionSettings",
            "Duty",
            "Stream",
            "EventMedia",
            "Webhook",
        ],
    ),
    (_("People"), ["RoleGrant", "RoleInvitation", "PublicProfile", "ApiToken", "User", "EmailAddress"]),
]
REST = _("Logs and more")


def grouped(apps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same lists in our groups; what no group names comes last."""
    models = {model["object_name"]: model for app in apps for model in app["models"]}
    found = [_group(name, [models.pop(one) for one in wanted if one in models]) for name, wanted in GROUPS]
    return [group for group in [*found, _group(REST, list(models.values()))] if group["models"]]


def _group(name: Any, models: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": name, "app_label": "", "app_url": "", "has_module_perms": True, "models": models}
