"""The start page's cards: each part of the site adds its own, so the desk knows no part.

A part calls ``add_card`` once, in ``ready`` of its app.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise

from recruitadvisor.accounts.models import User
from recruitadvisor.accounts.permissions import may


@dataclass(frozen=True)
class Figure:
    """One count on a card, in the reader's words."""

    label: str
    value: int | str
    is_urgent: bool = False


@dataclass(frozen=True)
class Card:
    """A page of the desk: in the menu, and on the start page with what waits there."""

    title: Promise | str
    url_name: str
    action: str
    figures: Callable[[User], Sequence[Figure]]
    position: int = 50


_cards: Final[dict[str, Card]] = {}


def add_card(card: Card) -> None:
    """Put a card on the start page and in the menu; a second one for an address replaces it."""
    _cards[card.url_name] = card


def cards_for(user: User) -> list[Card]:
    """Return the cards of what this person may do, in their order."""
    allowed = (card for card in _cards.values() if may(user, card.action))
    return sorted(allowed, key=lambda card: (card.position, card.url_name))
