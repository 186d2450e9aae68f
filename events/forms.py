from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.consent import CONSENT
from events.enums import Attendance
from events.models import Event, Registration


class RegistrationForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("As the organizers and the reception should read it."),
        error_messages={"required": _("Write your name, for example Aoi Tanaka.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    attendance = forms.ChoiceField(label=_("How do you take part?"), widget=forms.RadioSelect)
    consent = forms.BooleanField(
        label=CONSENT, error_messages={"required": _("Without your consent we may not register you.")}
    )

    def __init__(self, *args: Any, event: Event, registration: Registration | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attendance"].choices = ways_to_attend(event)
        if registration is not None:
            del self.fields["consent"]


def ways_to_attend(event: Event) -> list[tuple[str, Any]]:
    online = (Attendance.ONLINE.value, _("Online, in the browser"))
    if not event.venue:
        return [online]
    on_site = _("On site: %(venue)s") % {"venue": event.venue}
    return [online, (Attendance.ON_SITE.value, on_site)]
