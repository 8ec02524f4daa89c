"""The menu of the desk."""

from typing import Any

from django import template

from recruitadvisor.accounts.models import User
from recruitadvisor.desk.cards import Card, cards_for

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_menu(context: dict[str, Any]) -> list[Card]:
    """Return the pages this person may open; none before sign-in."""
    user = getattr(context.get("request"), "user", None)
    if not isinstance(user, User) or user.realm != User.Realm.DESK:
        return []
    return cards_for(user)
