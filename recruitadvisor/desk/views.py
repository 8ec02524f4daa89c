"""The start page of the desk."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recruitadvisor.accounts.models import User
from recruitadvisor.desk.access import desk_page
from recruitadvisor.desk.cards import cards_for


@require_safe
@desk_page()
def home(request: HttpRequest) -> HttpResponse:
    """What waits, for the parts this person works in."""
    user = cast("User", request.user)
    cards = [{"card": card, "figures": card.figures(user)} for card in cards_for(user)]
    return render(request, "desk/home.html", {"cards": cards})
