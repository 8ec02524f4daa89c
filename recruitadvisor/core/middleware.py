"""Headers of every answer (trust.md sections 2.2 T11 and 6)."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

_PERMISSIONS = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(),"
    " magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), browsing-topics=()"
)
# Public reading pages may be kept by caches; everything else never (T11).
_CACHEABLE_PARTS = {"agencies", "guides", "help", "method", ""}
_CACHEABLE_SECONDS = 60
_STAFF_PREFIXES = ("/desk/", "/staff/")


def _is_public_reading(request: HttpRequest, response: HttpResponseBase) -> bool:
    parts = request.path.strip("/").split("/")
    return (
        request.method in {"GET", "HEAD"}
        and response.status_code == 200
        and parts[0] in dict(settings.LANGUAGES)
        and (parts[1] if len(parts) > 1 else "") in _CACHEABLE_PARTS
        and not response.cookies
    )


class PrivacyHeadersMiddleware:
    """Adds the headers that Django lacks, and forbids storing any page not on the public list."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then set the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        if _is_public_reading(request, response):
            response.headers.setdefault("Cache-Control", f"public, max-age={_CACHEABLE_SECONDS}")
            if request.META.get("QUERY_STRING"):  # unread: too many parameters would raise here
                response.headers["X-Robots-Tag"] = "noindex"
        else:
            response.headers["X-Robots-Tag"] = "noindex"
            if not request.path.startswith(settings.STATIC_URL):
                response.headers["Cache-Control"] = "no-store"
        return response


class SitePolicyMiddleware(CSPMiddleware):
    """One strict content policy for all pages, a looser one for the editors' admin only."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,  # noqa: FBT001, FBT002  # the signature of django-csp
    ) -> PolicyParts:
        """Return the parts of the policy of this address."""
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith("/cms/"):
            policy: dict[str, Any] = settings.CMS_CONTENT_SECURITY_POLICY
            return PolicyParts(config=policy, nonce=parts.nonce)
        return parts


class LanguageMiddleware(LocaleMiddleware):
    """Finds the language of a request.

    Django tries every missing page again with a language before its address, and the guides may
    answer any such address. What a view itself calls missing (an item of another country on the
    desk) has to stay missing. Staff pages are in English, the one language they are whole in.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Choose the language of the address, or English for staff."""
        super().process_request(request)
        if request.path.startswith(_STAFF_PREFIXES):
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        """Leave a view's own "not found" alone."""
        if response.status_code == HTTPStatus.NOT_FOUND and request.resolver_match is not None:
            return response
        return super().process_response(request, response)
