"""The form of the second factor, with the delay of its account and no code taken twice."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from recruitadvisor.accounts.limiter import sign_in_delay

TOO_MANY = _("Too many failed tries. Wait up to five minutes, then try again.")


class _SlowCode(forms.Form):
    """Checks the code of ``user`` under a delay that grows with each wrong one."""

    user: Any

    def clean_code(self) -> str:
        account = f"code of {self.user.pk}"
        if sign_in_delay.wait_for(account):
            raise forms.ValidationError(TOO_MANY, code="too_many_login_attempts")
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except forms.ValidationError:
            sign_in_delay.failed(account)
            raise
        sign_in_delay.succeeded(account)
        return code


class StaffAuthenticateForm(_SlowCode, AuthenticateForm):
    """Asked after the password."""


class StaffReauthenticateForm(_SlowCode, ReauthenticateForm):
    """Asked again before an act that needs it, and of a session that never showed a factor."""


class StaffActivateForm(_SlowCode, ActivateTOTPForm):
    """Asked once, to prove that the app holds the new key."""
