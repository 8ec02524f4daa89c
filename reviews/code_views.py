"""The page behind the code: what became of a review, and taking it back."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from recruitadvisor.core.limiter import code_misses
from reviews import notices, receipts, sealed, services, visits
from reviews.forms import CodeForm
from reviews.models import Review, ReviewVersion
from reviews.published import text_parts
from reviews.screens import public_facts

_S = ReviewVersion.State
# One line in plain words for every state a version can have (J-CODE-3).
STATE_WORDS = {
    _S.RECEIVED: _("We have your answers. A person will read them."),
    _S.SCREENING: _("We have your answers. A person will read them."),
    _S.QUEUED: _("We have your answers. A person will read them."),
    _S.IN_REVIEW: _("A person is reading your answers now."),
    _S.NEEDS_INFO: _("We have a question for you."),
    _S.APPROVED: _("Your answers are approved. They will appear soon."),
    _S.PUBLISHED: _("Your answers are on the agency’s page."),
    _S.SUSPENDED: _("Your answers are under check. Nobody sees them now."),
    _S.REJECTED: _("Your answers are not published. The reason is below."),
    _S.WITHDRAWN: _("You took your answers back. Nobody sees them."),
}
WAIT = timedelta(seconds=30)
_TICKET, _TICKET_LASTS = "wait ticket", timedelta(hours=2)
_WAITING = frozenset({_S.RECEIVED, _S.SCREENING, _S.QUEUED, _S.IN_REVIEW})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the number; with it show the state of the review it belongs to."""
    if request.method == "POST":
        return _sign_in(request)
    visit = visits.current(request)
    review = visits.review_of(visit)
    if visit is None or review is None:
        return render(request, "reviews/code.html")
    return visits.keep(render(request, "reviews/answers.html", _state_of(review)), visit)


def _sign_in(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    typed = form.cleaned_data["code"] if form.is_valid() else ""
    try:
        number = receipts.read_code(typed)
    except receipts.CodeFormatError:
        # Nothing is typed back into the page: the phone may not be the worker's own.
        return render(request, "reviews/code.html", {"is_misread": True})
    if code_misses.is_slowed(request) and not _has_waited(request):
        return _ask_to_wait(request)
    review = services.find_by_code(number)
    if review is None:
        code_misses.missed(request)
        return render(request, "reviews/code.html", {"is_unknown": True})
    response = HttpResponseRedirect(reverse("reviews:code"))
    return visits.keep(response, visits.begin(review.pk))


def _ask_to_wait(request: HttpRequest) -> HttpResponse:
    """Give the page again with a ticket that is good for one try in half a minute (AC-I5)."""
    ticket = sealed.seal(
        _TICKET,
        {"name": secrets.token_urlsafe(12), "from": (timezone.now() + WAIT).timestamp()},
    )
    response = render(
        request, "reviews/code.html", {"is_slowed": True, "ticket": ticket}, status=429
    )
    response["Retry-After"] = str(int(WAIT.total_seconds()))
    return response


def _has_waited(request: HttpRequest) -> bool:
    try:
        ticket = sealed.unseal(_TICKET, request.POST.get("ticket", ""), _TICKET_LASTS)
    except (sealed.SealBrokenError, sealed.SealExpiredError):
        return False
    return timezone.now().timestamp() >= ticket["from"] and code_misses.use_once(ticket["name"])


def _state_of(review: Review) -> dict[str, Any]:
    version = review.versions.order_by("-number")[0]
    values = dict(version.answers.values_list("code", "value"))
    return {
        "agency": review.agency,
        "review": review,
        "version": version,
        "state_words": STATE_WORDS[_S(version.state)],
        "is_waiting": version.state in _WAITING,
        "is_withdrawn": version.state == _S.WITHDRAWN,
        "parts": text_parts(version),
        "facts": public_facts(values),
        "statement": notices.for_author(version),
    }


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the visit on this phone."""
    response = HttpResponseRedirect(reverse("reviews:code"))
    return visits.end(response, visits.current(request))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """Ask once, then take the review out of sight; no reason is asked (J-CODE-6)."""
    return _take_back(request, services.withdraw_review, "reviews/withdraw.html")


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Ask once, then delete everything; the code finds nothing afterwards."""
    return _take_back(request, services.erase_review, "reviews/delete.html")


def _take_back(request: HttpRequest, take_back: Callable[..., bool], template: str) -> HttpResponse:
    visit = visits.current(request)
    review = visits.review_of(visit)
    if visit is None or review is None:
        return HttpResponseRedirect(reverse("reviews:code"))
    if request.method != "POST":
        return visits.keep(render(request, template), visit)
    take_back(review_id=review.pk, today=timezone.localdate())
    if take_back is services.erase_review:
        return visits.end(render(request, "reviews/deleted.html"), visit)
    return visits.keep(HttpResponseRedirect(reverse("reviews:code")), visit)
