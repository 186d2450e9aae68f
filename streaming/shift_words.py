"""What is in the way of a shift, in sentences."""

from django.utils.translation import gettext as _

from events.models import Event
from talks.draft_state import conflict_text
from talks.placing import Conflict
from talks.services.shifting import ShiftPlan


def conflict_texts(event: Event, plan: ShiftPlan) -> list[str]:
    return [_sentence(event, one, plan) for one in plan.conflicts]


def _sentence(event: Event, conflict: Conflict, plan: ShiftPlan) -> str:
    title = plan.talks[conflict.talk_ids[0]].title
    if conflict.code == "past":
        return _("“%(title)s” would stand in the past.") % {"title": title}
    if conflict.code == "too_short":
        return _("Nothing would be left of “%(title)s”.") % {"title": title}
    sentence = f"“{title}”: {conflict_text(event, conflict, plan.talks)}"
    if any(plan.talks[pk].is_for_all_tracks for pk in conflict.talk_ids[1:]):
        why = _("That is for all tracks: only a shift of all tracks moves it.")
        return f"{sentence} {why}"
    return sentence
