"""allauth's forms about the second factor, in our words and with a limit that a dead cache does not lift."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.services.limits import SECOND_FACTORS_PER_PERSON, take_turn

TOO_MANY = _("Too many attempts. Wait ten minutes, then try again.")
DIGITS = {"class": "code", "inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}


class _Limited:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]  # type: ignore[attr-defined]
        field.label = _("Code of the app, or a recovery code")
        field.widget = forms.TextInput(attrs=DIGITS)

    def clean_code(self) -> str:
        """Six digits are guessed in no time without a limit for each person."""
        if not take_turn(SECOND_FACTORS_PER_PERSON, str(self.user.pk)):  # type: ignore[attr-defined]
            raise forms.ValidationError(TOO_MANY)
        code: str = super().clean_code()  # type: ignore[misc]
        return code


class SecondFactorForm(_Limited, AuthenticateForm):
    """Asked for while signing in."""


class SecondFactorAgainForm(_Limited, ReauthenticateForm):
    """Asked for in a session that has not seen it, or not for some minutes."""


class AppForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code that the app shows")
        self.fields["code"].widget = forms.TextInput(attrs={**DIGITS, "placeholder": "123456"})


class PasskeyForm(AddWebAuthnForm):
    """Always a passkey, which also signs in by itself: two kinds of keys are one choice too many."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"] = forms.BooleanField(
            required=False, initial=True, widget=forms.HiddenInput
        )
        self.initial["name"] = _("Passkey")
        self.fields["name"].label = _("Name of the passkey, for your list")
        self.fields["name"].help_text = _("For example: phone, laptop, blue key.")
