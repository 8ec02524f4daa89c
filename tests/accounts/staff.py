"""Accounts of staff for tests, and a client that signed in with both factors."""

import time

from allauth.mfa.models import Authenticator
from django.test import Client

from recruitadvisor.accounts.models import User
from recruitadvisor.accounts.services import RoleGrant, StaffKeys, add_staff, current_code


def make_staff(email: str, *grants: RoleGrant, realm: str = "desk") -> tuple[User, StaffKeys]:
    keys = add_staff(email=email, name="Invented Person", realm=realm, roles=grants)
    return User.objects.get(email=email), keys


def give_password(client: Client, email: str, password: str):
    return client.post("/staff/login/", {"login": email, "password": password})


def sign_in(client: Client, user: User, keys: StaffKeys, code: str = "") -> Client:
    """Go through both pages, as a person does."""
    first = give_password(client, user.email, keys.password)
    assert first["Location"] == "/staff/factor/code/", first.content
    code = code or current_code(keys.totp_secret)
    second = client.post("/staff/factor/code/", {"code": code})
    assert second.status_code == 302, second.content
    return client


def enter(user: User) -> Client:
    """Give a session that showed both factors, without the pages: quick, for tests of others."""
    client = Client()
    client.force_login(user)
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    session = client.session
    now = time.time()
    session["account_authentication_methods"] = [
        {"method": "password", "at": now, "email": user.email},
        {"method": "mfa", "at": now, "id": app.pk, "type": "totp"},
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
