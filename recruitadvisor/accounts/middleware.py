"""Guards every address of staff before its view is even looked up."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib.auth import views as password_views
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from recruitadvisor.accounts.door import ask_who_is_there, open_door

_ENTRANCES: Final = {"/desk/": "desk.enter", "/cms/": "cms.enter"}
_WAY_IN: Final = "/cms/login/"  # only leads on to the one sign-in page
# At /staff/ these come before the second factor; everything else there comes after it.
_OPEN_NAMES: Final = {
    "account_inactive",
    "account_login",
    "account_logout",
    "mfa_authenticate",
}
_HALF_OPEN_NAMES: Final = {"account_reauthenticate", "mfa_reauthenticate", "mfa_activate_totp"}
_SIGN_OUT_NAMES: Final = {"account_logout", "wagtailadmin_logout"}
# Django's own password pages and all that are built on them know no second factor.
_PASSWORD_ONLY_PAGES: Final = (
    password_views.LoginView,
    password_views.PasswordChangeView,
    password_views.PasswordChangeDoneView,
    password_views.PasswordResetView,
    password_views.PasswordResetDoneView,
    password_views.PasswordResetConfirmView,
    password_views.PasswordResetCompleteView,
)


class StaffDoorMiddleware:
    """Lets nobody past ``/desk/``, ``/cms/`` and ``/staff/`` without the second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and forget everything in the browser after a sign-out."""
        response = self.get_response(request)
        match = request.resolver_match
        if (
            match is not None
            and match.view_name in _SIGN_OUT_NAMES
            and request.method == "POST"
            and not request.user.is_authenticated
        ):
            response.headers["Clear-Site-Data"] = '"cache", "cookies"'
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        _args: tuple[object, ...],
        _kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Stop at the door, or go on to the view."""
        first = _first_page(request)
        page = getattr(view, "view_class", None)
        if first is None and isinstance(page, type) and issubclass(page, _PASSWORD_ONLY_PAGES):
            return HttpResponseRedirect(reverse(settings.LOGIN_URL))
        return first


def _first_page(request: HttpRequest) -> HttpResponse | None:
    path = request.path_info
    for prefix, entrance in _ENTRANCES.items():
        if path.startswith(prefix) and path != _WAY_IN:
            first = open_door(request, entrance)
            if first is None and entrance == "cms.enter":
                _check_rights_in_wagtail(request)
            return first
    return _guard_own_pages(request) if path.startswith("/staff/") else None


def _check_rights_in_wagtail(request: HttpRequest) -> None:
    """Refuse an editor without rights in Wagtail, whom Wagtail would send round in a circle."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied


def _guard_own_pages(request: HttpRequest) -> HttpResponse | None:
    match = request.resolver_match
    name = match.view_name if match is not None else ""
    if name in _OPEN_NAMES:
        return None
    if name in _HALF_OPEN_NAMES:
        if not request.user.is_authenticated:
            return HttpResponseRedirect(reverse(settings.LOGIN_URL))
        return None
    return ask_who_is_there(request)
