"""What the page of the rehearsal sends."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MomentForm(forms.Form):
    """A moment of the original programme, in the event's zone, which the view has made the current one."""

    moment = forms.DateTimeField(
        label=_("It is now"),
        widget=forms.DateTimeInput(format="%Y-%m-%d %H:%M", attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("A time is needed."),
            "invalid": _("Write the time like 2026-11-24 09:55."),
        },
    )
