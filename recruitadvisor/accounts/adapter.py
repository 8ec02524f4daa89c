"""How allauth behaves here: no sign-up, growing delays, no addresses, no mail about visitors."""

from typing import Any, ClassVar, Final

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from recruitadvisor.accounts.limiter import sign_in_delay
from recruitadvisor.accounts.models import User

_TOO_MANY: Final = "too_many_login_attempts"


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by ``add_staff`` only."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        _TOO_MANY: _("Too many failed tries. Wait up to five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        del request
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return one address for everybody: nothing here may depend on where someone is."""
        del request
        return "0.0.0.0"  # noqa: S104

    def get_http_user_agent(self, request: HttpRequest) -> str:
        """Return nothing: browsers are not recorded (AC-A4)."""
        del request
        return ""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse a try that comes before the delay of its account is over."""
        del request
        if sign_in_delay.wait_for(_account(credentials)):
            raise self.validation_error(_TOO_MANY)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the failure."""
        del request
        sign_in_delay.failed(_account(credentials))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Check a password; the right one ends the delay."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            sign_in_delay.succeeded(_account(credentials))
        return user

    def reauthenticate(self, user: User, password: str) -> bool:
        """Check the password of someone signed in, under the same delay."""
        self.pre_authenticate(self.request, email=user.email)
        if not user.check_password(password):
            sign_in_delay.failed(user.email)
            return False
        sign_in_delay.succeeded(user.email)
        return True

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Ask again before factors are touched, but not for a first factor.

        Someone without a factor has just given the password, and can do nothing else.
        """
        user = self.request.user
        if app == "allauth.mfa" and user.is_authenticated:
            return bool(user.authenticator_set.exists())
        return True

    def send_notification_mail(
        self, template_prefix: str, user: User, context: Any = None, email: str | None = None
    ) -> None:
        """Send none: allauth's messages carry the address and the browser of the visitor."""


def _account(credentials: dict[str, Any]) -> str:
    return f"{credentials.get('email') or ''}"
