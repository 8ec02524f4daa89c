"""Who may do what: one table of actions, kinds of role and how far a role reaches (trust.md 2.1).

An action without a row raises ``KeyError``: a typing error must not read as "no".
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects

from recruitadvisor.accounts.models import Role, User


class Scope(Enum):
    """How far a role reaches for one action."""

    COUNTRY = "objects of the role's country"
    AUTHORITY = "objects of the role's authority"
    EVERYWHERE = "every object"


_ENTRANCES: Final[Mapping[str, User.Realm]] = {
    "desk.enter": User.Realm.DESK,
    "cms.enter": User.Realm.EDITOR,
}

_KIND = Role.Kind
_RULES: Final[Mapping[str, Mapping[Role.Kind, Scope]]] = {
    "review.read": {_KIND.MODERATOR: Scope.COUNTRY, _KIND.LEAD: Scope.COUNTRY},
    "review.decide": {_KIND.MODERATOR: Scope.COUNTRY, _KIND.LEAD: Scope.COUNTRY},
    "review.publish": {_KIND.LEAD: Scope.COUNTRY},
    "review.suspend": {_KIND.LEAD: Scope.COUNTRY},
    "list.read": {_KIND.OFFICER: Scope.AUTHORITY, _KIND.STEWARD: Scope.AUTHORITY},
    "list.import": {_KIND.OFFICER: Scope.AUTHORITY},
    "list.approve": {_KIND.STEWARD: Scope.AUTHORITY},
    "agency.merge": {_KIND.STEWARD: Scope.COUNTRY},
    "audit.read": {_KIND.LEAD: Scope.COUNTRY},
    "staff.manage": {_KIND.ADMINISTRATOR: Scope.EVERYWHERE},
}

ACTIONS: Final = frozenset(_ENTRANCES) | frozenset(_RULES)


def may(user: User | AnonymousUser, action: str, obj: object = None) -> bool:
    """Tell whether ``user`` may do ``action``, on ``obj`` or, without one, on anything at all.

    Being a superuser gives nothing here: who runs the machine holds no daily role (AC-S9).
    """
    if action in _ENTRANCES:
        return _is_staff_of(user, _ENTRANCES[action])
    return any(obj is None or _reaches(role, scope, obj) for role, scope in _grants(user, action))


def countries_of(user: User | AnonymousUser, action: str) -> frozenset[str]:
    """Return the countries in which ``user`` may do ``action``, to filter lists by."""
    return frozenset(
        role.country_id
        for role, scope in _grants(user, action)
        if scope is Scope.COUNTRY and role.country_id
    )


def authorities_of(user: User | AnonymousUser, action: str) -> frozenset[str]:
    """Return the codes of the authorities for which ``user`` may do ``action``."""
    return frozenset(
        role.authority_code
        for role, scope in _grants(user, action)
        if scope is Scope.AUTHORITY and role.authority_code
    )


def _is_staff_of(user: User | AnonymousUser, realm: User.Realm) -> bool:
    return isinstance(user, User) and user.is_active and user.realm == realm


def _grants(user: User | AnonymousUser, action: str) -> Iterator[tuple[Role, Scope]]:
    rule = _RULES[action]
    if not isinstance(user, User) or not _is_staff_of(user, User.Realm.DESK):
        return
    prefetch_related_objects([user], "roles")  # asked once for each user object
    for role in user.roles.all():
        scope = rule.get(Role.Kind(role.kind))
        if scope is not None:
            yield role, scope


def _reaches(role: Role, scope: Scope, obj: object) -> bool:
    if scope is Scope.EVERYWHERE:
        return True
    if scope is Scope.COUNTRY:
        country = _country_of(obj)
        return bool(country) and country == role.country_id
    authority = _authority_of(obj)
    return bool(authority) and authority == role.authority_code


def _country_of(obj: object) -> str:
    """Return the country an object belongs to: its own, or that of what it hangs on."""
    code = getattr(obj, "country_id", None)
    if isinstance(code, str):
        return code
    for owner in ("agency", "review", "version", "authority", "licence"):
        related = getattr(obj, owner, None)
        if related is not None:
            return _country_of(related)
    return ""


def _authority_of(obj: object) -> str:
    """Return the code of the authority an object belongs to, or of the authority it is."""
    related = getattr(obj, "authority", None)
    code = getattr(obj if related is None else related, "code", None)
    return code if isinstance(code, str) else ""
