"""What people agree to when they register: the event's newest text, or the one below until there is one."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from events.models import ConsentText, Event

# Change the version with the words: each consent keeps it.
CONSENT_VERSION = "2026-11"
CONSENT = _(
    "I agree that the organizers of this event keep my name, my e-mail address, how I take part and what "
    "I answer here, and write to me about this event. I can withdraw at any time; my registration is then "
    "deleted."
)


@dataclass(frozen=True)
class Consent:
    version: str
    text: str


def consent_of(event: Event) -> Consent:
    """The text of now, in the active language; one query."""
    newest = ConsentText.objects.filter(event=event).order_by("-version").first()
    if newest is None:
        return Consent(CONSENT_VERSION, str(CONSENT))
    return Consent(str(newest.version), newest.text)
