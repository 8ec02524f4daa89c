"""Staff for tests: people of one role, and sessions that showed both factors."""

import time

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.test import Client

from recruitadvisor.accounts.models import Role, User

PASSWORD = "a long invented password"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_moderator(email: str = "moderator@example.org", country: str = "np") -> User:
    """Return a moderator of one country who reads every language."""
    user = User.objects.create_user(email, PASSWORD)
    Role.objects.create(user=user, kind=Role.Kind.MODERATOR, country_id=country)
    TOTP.activate(user, SECRET)
    return user


def make_editor(email: str = "editor@example.org") -> User:
    """Return an editor of guides."""
    user = User.objects.create_user(email, PASSWORD, realm=User.Realm.EDITOR)
    user.groups.add(Group.objects.get(name="Editors"))
    TOTP.activate(user, SECRET)
    return user


def code_now(secret: str = SECRET) -> str:
    """Return the one-time code an authenticator app would show at this moment."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def sign_in(client: Client, user: User) -> None:
    """Give a client a session in which the user showed password and second factor."""
    client.force_login(user)
    request = HttpRequest()
    request.session = client.session
    request.user = user
    factor = user.authenticator_set.get(type="totp")
    record_authentication(request, user, method="password", email=user.email)
    record_authentication(request, user, method="mfa", type="totp", id=factor.pk)
    request.session.save()
