"""A visit behind a receipt: an encrypted cookie, and in memory the visits that were ended.

Nothing about a visit is stored (AC-I7): fifteen idle minutes or thirty in all end it.
"""

import secrets
import time
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from reviews import sealed
from reviews.models import Review

LONGEST_IDLE = timedelta(minutes=15)
LONGEST_VISIT = timedelta(minutes=30)
_PURPOSE = "receipt visit"
_ended: dict[str, float] = {}  # visit to the moment it may be forgotten


@dataclass(frozen=True)
class Visit:
    """Who is behind the code: a random name, a review, and when it began."""

    key: str
    review_id: int
    began: int


def cookie_name() -> str:
    """Return the cookie's name; browsers refuse the prefix over plain HTTP (AC-S3)."""
    return "__Host-r" if settings.SESSION_COOKIE_SECURE else "r"


def begin(review_id: int) -> Visit:
    """Return a fresh visit."""
    return Visit(secrets.token_urlsafe(12), review_id, int(time.time()))


def current(request: HttpRequest) -> Visit | None:
    """Return the visit of this browser, if it is still open."""
    text = request.COOKIES.get(cookie_name(), "")
    if not text:
        return None
    try:
        content = sealed.unseal(_PURPOSE, text, LONGEST_IDLE)
    except (sealed.SealBrokenError, sealed.SealExpiredError):
        return None
    visit = Visit(content["k"], content["r"], content["b"])
    too_long = time.time() - visit.began > LONGEST_VISIT.total_seconds()
    return None if too_long or visit.key in _ended else visit


def review_of(visit: Visit | None) -> Review | None:
    """Return the review of a visit, unless it was erased meanwhile."""
    if visit is None:
        return None
    return (
        Review.objects.select_related("agency__country")
        .filter(pk=visit.review_id)
        .exclude(versions__state="erased")
        .first()
    )


def keep(response: HttpResponse, visit: Visit) -> HttpResponse:
    """Let the idle time begin anew."""
    content = {"k": visit.key, "r": visit.review_id, "b": visit.began}
    response.set_cookie(
        cookie_name(),
        sealed.seal(_PURPOSE, content),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
        path="/",
    )
    return response


def end(response: HttpResponse, visit: Visit | None) -> HttpResponse:
    """End a visit here and in the browser, and have the browser forget the pages."""
    now = time.time()
    for key in [key for key, until in _ended.items() if until < now]:
        del _ended[key]
    if visit is not None:
        _ended[visit.key] = now + LONGEST_VISIT.total_seconds()
    response.delete_cookie(cookie_name(), path="/", samesite="Strict")
    response["Clear-Site-Data"] = '"cache"'
    return response
