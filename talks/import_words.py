"""What an import changes, in the reader's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talks.import_plan import Difference, ImportPlan
from talks.models import Talk

MISSING, LONGEST = "–", 160
NAMES = {"speakers": gettext_lazy("speakers"), "minutes": gettext_lazy("length in minutes")}


@dataclass(frozen=True)
class ChangeLine:
    talk: Talk
    field: str
    before: str
    after: str


def change_lines(plan: ImportPlan) -> Iterator[ChangeLine]:
    for difference in plan.changed:
        for name, (before, after) in sorted(difference.fields.items()):
            yield ChangeLine(
                difference.talk, _label(name), _said(difference, name, before), _said(difference, name, after)
            )


def _label(name: str) -> str:
    return str(NAMES.get(name) or Talk._meta.get_field(name).verbose_name)


def _said(difference: Difference, name: str, value: Any) -> str:
    if isinstance(value, datetime):
        here = value.astimezone(difference.talk.event.zone)
        return formats.date_format(here, "Y-m-d H:i")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(value) or MISSING
    choices = dict(getattr(Talk, name).field.flatchoices) if name in {"kind", "lang", "difficulty"} else {}
    text = str(choices.get(value, value if value is not None else ""))
    return (text if len(text) <= LONGEST else f"{text[:LONGEST]}…") or MISSING
