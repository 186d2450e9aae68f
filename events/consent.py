"""What people agree to when they register. Change the version with the words: each consent keeps it."""

from django.utils.translation import gettext_lazy as _

CONSENT_VERSION = "2026-11"
CONSENT = _(
    "I agree that the organizers of this event keep my name, my e-mail address and how I take part, "
    "and write to me about this event. I can withdraw at any time; my registration is then deleted."
)
