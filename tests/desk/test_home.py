"""The start page of the desk shows each person only their own parts."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from recruitadvisor.accounts.models import User
from recruitadvisor.accounts.services import RoleGrant
from recruitadvisor.desk import cards
from recruitadvisor.desk.access import desk_page
from recruitadvisor.desk.cards import Card, Figure, add_card
from tests.accounts.staff import enter, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_cards(monkeypatch):
    monkeypatch.setattr(cards, "_cards", {})
    add_card(Card("Reviews to read", "staff_home", "review.read", lambda _u: [Figure("Wait", 14)]))
    add_card(Card("Lists to send", "mfa_index", "list.import", lambda _user: []))


def test_a_moderator_sees_the_reviews_and_not_the_lists(own_cards) -> None:
    client = enter(make_staff("moderator@example.org", RoleGrant("moderator", "np"))[0])

    page = client.get("/desk/").content.decode()

    assert "Reviews to read" in page
    assert "14" in page
    assert "Lists to send" not in page


def test_an_officer_sees_the_lists_and_not_the_reviews(own_cards) -> None:
    client = enter(make_staff("officer@example.org", RoleGrant("officer", "np", "np-a"))[0])

    page = client.get("/desk/").content.decode()

    assert "Lists to send" in page
    assert "Reviews to read" not in page


def test_who_has_nothing_to_do_here_is_told_so(own_cards) -> None:
    client = enter(make_staff("root@example.org", RoleGrant("administrator"))[0])

    assert "Ask an administrator" in client.get("/desk/").content.decode()


def test_a_page_for_an_action_refuses_who_may_not_do_it() -> None:
    client = enter(make_staff("officer@example.org", RoleGrant("officer", "np", "np-a"))[0])
    request = RequestFactory().get("/desk/reviews/")
    request.session = client.session
    request.user = User.objects.get()

    @desk_page("review.read")
    def page(_request) -> HttpResponse:
        return HttpResponse("unreachable")

    with pytest.raises(PermissionDenied):
        page(request)


def test_a_page_cannot_be_opened_to_an_action_nobody_knows() -> None:
    with pytest.raises(ValueError, match="no such action"):
        desk_page("review.raed")
