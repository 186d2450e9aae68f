from django import forms
from django.contrib.admin.widgets import AdminEmailInputWidget
from django.utils.translation import gettext_lazy as _

from events.enums import Role


class RoleForm(forms.Form):
    """Who shall have which role, named by address."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=AdminEmailInputWidget,
        help_text=_("Whoever has no account yet gets a mail and the role at the first sign-in."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()
