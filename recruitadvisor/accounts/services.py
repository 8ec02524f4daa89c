"""Making and closing accounts of staff; the only writer of users and roles."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from recruitadvisor.accounts.models import Role, User
from recruitadvisor.core.audit import record
from recruitadvisor.core.models import Country

EDITORS_GROUP: Final = "Guide editors"
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike on paper
_NEEDS_COUNTRY: Final = {Role.Kind.MODERATOR, Role.Kind.LEAD, Role.Kind.CASEWORKER}
_NEEDS_AUTHORITY: Final = {Role.Kind.OFFICER, Role.Kind.STEWARD}


class StaffRefusedError(ValueError):
    """An account that must not exist: the message says why, in words for an administrator."""


@dataclass(frozen=True)
class RoleGrant:
    """A role to give: its kind, and the country or authority it reaches."""

    kind: Role.Kind | str
    country: str = ""
    authority: str = ""


@dataclass(frozen=True)
class StaffKeys:
    """What a new member of staff needs to sign in; shown once and kept nowhere in the clear."""

    password: str
    totp_secret: str
    recovery_codes: tuple[str, ...]


@transaction.atomic
def add_staff(
    *,
    email: str,
    name: str,
    realm: User.Realm | str = User.Realm.DESK,
    roles: Sequence[RoleGrant] = (),
    spoken_languages: Sequence[str] = (),
    added_by_id: int | None = None,
) -> StaffKeys:
    """Make an account with a random password and a second factor, and give it its roles.

    Raises ``StaffRefusedError`` for an editor with roles, a desk account without any, a role
    without its country or authority, and an address that is taken.
    """
    grants = [_checked(grant) for grant in roles]
    if realm == User.Realm.EDITOR and grants:
        raise StaffRefusedError(_("An editor of guides holds no role at the desk."))
    if realm == User.Realm.DESK and not grants:
        raise StaffRefusedError(_("Give an account of the desk at least one role."))
    user, password = _new_user(email=email, name=name, realm=realm, spoken=spoken_languages)
    for grant in grants:
        user.roles.create(
            kind=grant.kind, country_id=grant.country or None, authority_code=grant.authority
        )
    if realm == User.Realm.EDITOR:
        user.groups.add(Group.objects.get_or_create(name=EDITORS_GROUP)[0])
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    codes = RecoveryCodes.activate(user).get_unused_codes()
    record(
        action="staff.add",
        object_kind="user",
        object_id=user.pk,
        actor_id=added_by_id,
        after={
            "realm": str(realm),
            "roles": [[str(grant.kind), grant.country, grant.authority] for grant in grants],
        },
    )
    return StaffKeys(password=password, totp_secret=secret, recovery_codes=tuple(codes))


def current_code(totp_secret: str) -> str:
    """Return the one-time code an authenticator app shows now for this key."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return f"{format_hotp_value(hotp_value(totp_secret, counter))}"


def _new_user(
    *, email: str, name: str, realm: User.Realm | str, spoken: Sequence[str]
) -> tuple[User, str]:
    try:
        validate_email(email)
    except ValidationError as wrong:
        message = _("“%(email)s” is not an e-mail address.") % {"email": email}
        raise StaffRefusedError(message) from wrong
    email = User.objects.normalize_email(email).lower()
    if User.objects.filter(email__iexact=email).exists():
        message = _("There is already an account for %(email)s.") % {"email": email}
        raise StaffRefusedError(message)
    password = "-".join("".join(secrets.choice(_LETTERS) for _i in range(4)) for _j in range(5))
    first, _space, last = name.strip().rpartition(" ")
    user = User.objects.create_user(
        email,
        password,
        realm=realm,
        first_name=first or last,
        last_name=last if first else "",
        spoken_languages=",".join(spoken),
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user, password


def _checked(grant: RoleGrant) -> RoleGrant:
    try:
        kind = Role.Kind(grant.kind)
    except ValueError as unknown:
        message = _("There is no role “%(kind)s”.") % {"kind": grant.kind}
        raise StaffRefusedError(message) from unknown
    if kind in _NEEDS_COUNTRY and not grant.country:
        raise StaffRefusedError(_("This role needs a country."))
    if kind in _NEEDS_AUTHORITY and not grant.authority:
        raise StaffRefusedError(_("This role needs an authority."))
    country = grant.country.lower()
    if country and not Country.objects.filter(pk=country).exists():
        message = _("There is no country “%(code)s”.") % {"code": grant.country}
        raise StaffRefusedError(message)
    return RoleGrant(kind=kind, country=country, authority=grant.authority)
