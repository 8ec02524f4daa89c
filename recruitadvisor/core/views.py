"""Pages that belong to no part: language choice, leaving, errors, and files crawlers ask for."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

NEUTRAL_SITE = "https://www.wikipedia.org/"


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Lead to the home page in the language the browser asks for, English if we lack it."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    response["Vary"] = "Accept-Language"
    return response


@never_cache
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """End what this browser holds of us and lead to a site that tells nothing (AC-I21)."""
    response = HttpResponseRedirect(NEUTRAL_SITE)
    # "storage" would delete the guides a reader saved (trust.md 6.1).
    response["Clear-Site-Data"] = '"cache", "cookies"'
    response["Referrer-Policy"] = "no-referrer"
    for name in request.COOKIES:
        response.delete_cookie(name)
    return response


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of staff, code and search pages (AC-S18)."""
    rules = ["User-agent: *", "Disallow: /desk/", "Disallow: /cms/", "Disallow: /staff/"]
    for code, _name in settings.LANGUAGES:
        rules += [
            f"Disallow: /{code}/code/",
            f"Disallow: /{code}/review/",
            f"Disallow: /{code}/agencies/?",
        ]
    return HttpResponse("\n".join(rules) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(_request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness (RFC 9116); always valid for the next half year."""
    expires = datetime.now(UTC).replace(microsecond=0) + timedelta(days=180)
    lines = (
        f"Contact: mailto:security@{settings.SITE_URL.split('//')[-1].split(':')[0]}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: en",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the address or form could not be read."""
    del exception
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this page is not for this visitor, and where to go."""
    del exception
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form came without its token, and how to send it again."""
    del reason
    return render(request, "403_form.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page; with search box, help link and languages (J-NF-7)."""
    del exception
    return render(request, "404.html", status=404)


def server_error(_request: HttpRequest) -> HttpResponse:
    """Answer with a fixed page that needs neither database nor template context (AC-S21)."""
    page = settings.BASE_DIR / "templates" / "500.html"
    return HttpResponse(page.read_text(encoding="utf-8"), status=500)
