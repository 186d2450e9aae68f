from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from events.models import Event
from talks.exchange.entry import Unreadable
from talks.exchange.formats import LARGEST, read_programme


class UploadForm(forms.Form):
    """A programme's file; `content` is what it holds, once it has been found readable."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "schedule.json or schedule.xml of pretalx or frab, “All” JSON of Sessionize, or CSV; up to 20 MB."
        ),
        error_messages={"empty": _("The file is empty.")},
    )

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event, self.content = event, b""

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        self.content = file.read()
        try:
            read_programme(self.content, file.name or "", self.event.zone)
        except Unreadable as fault:
            raise forms.ValidationError(str(fault)) from None
        return file


class ImportForm(forms.Form):
    drop_missing = forms.BooleanField(
        label=_("Also take away what the file does not have"),
        help_text=_("Published talks are cancelled and stay listed; talks that nobody has seen are deleted."),
        required=False,
    )
