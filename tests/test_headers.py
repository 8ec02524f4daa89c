"""Headers of every address that can be asked for without more (trust.md AC-S1)."""

import pytest
from django.conf import settings
from django.test import Client

from tests.addresses import addresses, plain

pytestmark = [pytest.mark.django_db, pytest.mark.matrix]

PATHS = sorted(
    {
        plain(address.route, language)
        for address in addresses()
        if not address.has_parts and not address.route.startswith("cms/")
        for language, _name in settings.LANGUAGES
    }
)
PUBLIC = ("agencies/", "method/", "help/", "guides/")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_protects_its_reader(path: str) -> None:
    response = Client().get(path)

    assert response.status_code < 500
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in response.headers["Permissions-Policy"]
    assert "Server" not in response.headers


@pytest.mark.parametrize("path", PATHS)
def test_only_reading_pages_may_be_kept(path: str) -> None:
    response = Client().get(path)

    kept = response.headers.get("Cache-Control", "")
    if "no-store" in kept:
        return
    assert kept.startswith("public")
    assert not response.cookies
    assert path.count("/") <= 2 or path.split("/", 2)[2].startswith(PUBLIC)


@pytest.mark.parametrize("path", [path for path in PATHS if path.count("/") == 2])
def test_reading_sets_no_cookie(path: str) -> None:
    if path.startswith(("/desk", "/staff")):
        pytest.skip("staff have sessions")

    assert not Client().get(path).cookies


def test_the_editors_admin_has_a_policy_of_its_own() -> None:
    response = Client().get("/cms/")

    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]


def test_an_error_page_is_protected_too() -> None:
    response = Client().get("/en/no-such-page/")

    assert response.status_code == 404
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
