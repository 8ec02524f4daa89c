"""The table of actions: every role, its own country or authority, and nothing else (AC-A3, T1)."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from recruitadvisor.accounts.models import User
from recruitadvisor.accounts.permissions import ACTIONS, authorities_of, countries_of, may
from recruitadvisor.accounts.services import RoleGrant
from tests.accounts.staff import make_staff

pytestmark = pytest.mark.django_db

REVIEW_NP = SimpleNamespace(agency=SimpleNamespace(country_id="np"))
REVIEW_KE = SimpleNamespace(agency=SimpleNamespace(country_id="ke"))
VERSION_NP = SimpleNamespace(review=REVIEW_NP)
LIST_A = SimpleNamespace(authority=SimpleNamespace(code="np-a", country_id="np"))
LIST_B = SimpleNamespace(authority=SimpleNamespace(code="np-b", country_id="np"))


def staff(kind: str, country: str = "", authority: str = "") -> User:
    return make_staff(f"{kind}@example.org", RoleGrant(kind, country, authority))[0]


@pytest.mark.parametrize("kind", ["moderator", "lead"])
def test_reviews_are_read_in_the_own_country_only(kind) -> None:
    user = staff(kind, "np")

    assert may(user, "review.read", REVIEW_NP)
    assert may(user, "review.read", VERSION_NP)
    assert may(user, "review.read")
    assert not may(user, "review.read", REVIEW_KE)
    assert not may(user, "review.read", object())
    assert countries_of(user, "review.read") == {"np"}


@pytest.mark.threat("T1")
def test_an_officer_imports_for_the_own_authority_only() -> None:
    user = staff("officer", "np", "np-a")

    assert may(user, "list.import", LIST_A)
    assert may(user, "list.import", LIST_A.authority)
    assert not may(user, "list.import", LIST_B)
    assert not may(user, "list.approve", LIST_A)
    assert authorities_of(user, "list.import") == {"np-a"}


@pytest.mark.parametrize("kind", ["officer", "steward", "administrator", "caseworker"])
def test_nobody_else_reads_reviews(kind) -> None:
    user = staff(kind, "np", "np-a")

    for action in ("review.read", "review.decide", "review.publish", "review.suspend"):
        assert not may(user, action)
        assert not may(user, action, REVIEW_NP)


def test_a_superuser_without_a_role_may_do_nothing_of_the_day() -> None:
    user = User.objects.create_superuser("root@example.org", "a long password indeed")

    allowed = {action for action in ACTIONS if may(user, action)}

    assert allowed == {"desk.enter"}


def test_an_editor_may_enter_the_guides_only() -> None:
    user, _keys = make_staff("editor@example.org", realm="editor")
    user.roles.create(kind="lead", country_id="np")  # even if one were given by mistake

    assert {action for action in ACTIONS if may(user, action, None)} == {"cms.enter"}


def test_nobody_and_the_closed_may_nothing() -> None:
    user = staff("lead", "np")
    user.is_active = False

    for action in ACTIONS:
        assert not may(AnonymousUser(), action)
        assert not may(user, action)


def test_an_unknown_action_is_an_error() -> None:
    with pytest.raises(KeyError):
        may(staff("lead", "np"), "review.raed")


def test_roles_are_asked_once(django_assert_num_queries) -> None:
    user = User.objects.get(pk=staff("lead", "np").pk)

    with django_assert_num_queries(1):
        for _i in range(5):
            may(user, "review.read", REVIEW_NP)
            countries_of(user, "review.read")
