from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm
from allauth.socialaccount.forms import DisconnectForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SignInForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True, "inputmode": "email"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class PasswordSignInForm(LoginForm):
    """allauth drops the password from its form when nobody signs up with one; some people set one later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def _setup_password_field(self) -> None:
        pass


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name"]
        labels = {"name": _("Name")}
        help_texts = {"name": _("Shown in the header of each page and to the organizers of your events.")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class CodeForm(ConfirmLoginCodeForm):
    """Says that digits are wanted: a phone shows its number keys and fills the code in from the mail."""

    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "code",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "autofocus": True,
                "placeholder": "1234-5678",
            }
        ),
    )


class ErasureForm(forms.Form):
    """The address is typed, so that nobody erases themselves by a slip."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Type it to confirm."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_email(self) -> str:
        typed = str(self.cleaned_data["email"])
        if typed.lower() != self.email.lower():
            raise forms.ValidationError(_("This is not the address of your account."))
        return typed


class LeaveProviderForm(DisconnectForm):
    """Even the last account elsewhere may go: allauth wants a password then, but the code by mail is left."""

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data
