"""The one door to every staff page: password, second factor, realm and age of the session."""

import time
from typing import Final

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from recruitadvisor.accounts.models import User
from recruitadvisor.accounts.permissions import may

LONGEST_SESSION: Final = 12 * 60 * 60  # seconds since the password was given (T14)
_TOUCH_EVERY: Final = 60  # seconds; a write for every page would only load the database
_TOUCHED_KEY: Final = "staff_seen_at"


def has_passed_second_factor(request: HttpRequest) -> bool:
    """Tell whether this session showed a factor that its user still has.

    Removing a factor ends what was opened with it.
    """
    user = request.user
    if not isinstance(user, User):
        return False
    shown = {
        record.get("id")
        for record in get_authentication_records(request, user)
        if record.get("method") == "mfa"
    }
    if not shown:
        return False
    return bool(Authenticator.objects.filter(user=user, pk__in=shown).exists())


def ask_who_is_there(request: HttpRequest) -> HttpResponse | None:
    """Return the page that has to come first: sign in, set up a factor or show it; or nothing."""
    user = request.user
    if not isinstance(user, User):
        return _lead_to("account_login", request)
    if _is_too_old(request, user):
        logout(request)
        return _lead_to("account_login", request)
    if not has_passed_second_factor(request):
        has_app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
        return _lead_to("mfa_reauthenticate" if has_app else "mfa_activate_totp", request)
    _keep_alive(request)
    return None


def open_door(request: HttpRequest, entrance: str) -> HttpResponse | None:
    """Let staff of the right realm in; lead anyone unknown to the sign-in page.

    Raises ``PermissionDenied`` for staff of the other realm (AC-S23).
    """
    if (first := ask_who_is_there(request)) is not None:
        return first
    if not may(request.user, entrance):
        raise PermissionDenied
    return None


def _lead_to(name: str, request: HttpRequest) -> HttpResponse:
    # Only a page can be gone back to; a sent form is lost to whoever was not signed in.
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseRedirect(reverse(name))
    query = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
    return HttpResponseRedirect(f"{reverse(name)}?{query}")


def _is_too_old(request: HttpRequest, user: User) -> bool:
    records = get_authentication_records(request, user)
    return bool(records) and time.time() - records[0]["at"] > LONGEST_SESSION


def _keep_alive(request: HttpRequest) -> None:
    """Count the half hour of a session from the last page, not from the first."""
    now = int(time.time())
    if now - request.session.get(_TOUCHED_KEY, 0) >= _TOUCH_EVERY:
        request.session[_TOUCHED_KEY] = now
