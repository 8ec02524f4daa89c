"""What every template may use: languages, direction, and whether this is a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from recruitadvisor import languages

_LONGEST_ADDRESS = 2000


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the frame of a page; asks the database nothing."""
    code = get_language() or settings.LANGUAGE_CODE
    # A hostile query would otherwise be repeated in the link of every language.
    here = request.get_full_path()
    if len(here) > _LONGEST_ADDRESS:
        here = request.path
    return {
        "language": code,
        "direction": languages.direction(code),
        "languages": [
            {
                "code": language.code,
                "own_name": language.own_name,
                "direction": language.direction,
                "url": translate_url(here, language.code),
                "is_current": language.code == code,
            }
            for language in languages.live()
        ],
        "is_demonstration": settings.DEMONSTRATION_MARK.exists(),
        "site_name": settings.SITE_NAME,
    }
