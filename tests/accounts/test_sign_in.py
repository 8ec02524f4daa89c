"""Signing in as staff: two factors, one door, no way round (T14, T15, AC-S5, AC-S10, AC-S24)."""

import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import NoReverseMatch, reverse

from recruitadvisor.accounts.door import LONGEST_SESSION
from recruitadvisor.accounts.limiter import LONGEST_WAIT, SignInDelay
from recruitadvisor.accounts.models import User
from recruitadvisor.accounts.services import RoleGrant, current_code
from tests.accounts.staff import enter, give_password, make_staff, sign_in

pytestmark = pytest.mark.django_db

MODERATOR = RoleGrant("moderator", "np")
STAFF_PAGES = ("/desk/", "/cms/", "/staff/", "/staff/factor/", "/staff/password/")


@pytest.fixture
def moderator():
    return make_staff("moderator@example.org", MODERATOR)


def test_password_and_one_time_code_open_the_desk(client: Client, moderator) -> None:
    sign_in(client, *moderator)

    assert client.get("/staff/")["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_a_recovery_code_opens_the_desk_once(client: Client, moderator) -> None:
    user, keys = moderator
    sign_in(client, user, keys, code=keys.recovery_codes[0])
    assert client.get("/desk/").status_code == 200

    again = Client()
    give_password(again, user.email, keys.password)
    refused = again.post("/staff/factor/code/", {"code": keys.recovery_codes[0]})

    assert refused.status_code == 200
    assert again.get("/desk/")["Location"].startswith("/staff/login/")


@pytest.mark.threat("T15")
@pytest.mark.parametrize("address", STAFF_PAGES)
def test_the_password_alone_reaches_no_staff_page(client: Client, moderator, address) -> None:
    user, keys = moderator
    give_password(client, user.email, keys.password)

    answer = client.get(address)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/staff/login/")


@pytest.mark.threat("T15")
@pytest.mark.parametrize("address", STAFF_PAGES)
def test_a_session_without_a_shown_factor_has_to_show_it(
    client: Client, moderator, address
) -> None:
    """However a session came to be signed in, the door asks for the code."""
    client.force_login(moderator[0])

    assert client.get(address)["Location"].startswith("/staff/factor/again/")


@pytest.mark.parametrize("address", STAFF_PAGES)
def test_an_account_without_a_factor_is_sent_to_set_one_up(client: Client, address) -> None:
    User.objects.create_user("new@example.org", "a long password indeed")
    give_password(client, "new@example.org", "a long password indeed")

    assert client.get(address)["Location"].startswith("/staff/factor/app/")


def test_setting_up_an_app_opens_the_desk_and_shows_ten_codes(client: Client) -> None:
    User.objects.create_user("new@example.org", "a long password indeed")
    give_password(client, "new@example.org", "a long password indeed")
    page = client.get("/staff/factor/app/")
    secret = page.context["form"].secret

    done = client.post("/staff/factor/app/", {"code": current_code(secret)})

    assert done["Location"] == "/staff/factor/recovery/"
    assert len(client.get("/staff/factor/recovery/").context["unused_codes"]) == 10
    assert client.get("/desk/").status_code == 200


def test_a_used_code_is_refused(client: Client, moderator) -> None:
    user, keys = moderator
    code = current_code(keys.totp_secret)
    sign_in(client, user, keys, code=code)

    other = Client()
    give_password(other, user.email, keys.password)
    other.post("/staff/factor/code/", {"code": code})

    assert other.get("/desk/")["Location"].startswith("/staff/login/")


def test_removing_the_factor_ends_what_it_opened(client: Client, moderator) -> None:
    user, keys = moderator
    sign_in(client, user, keys)
    Authenticator.objects.filter(user=user).delete()

    assert client.get("/desk/").status_code == 302


def test_no_page_signs_up_resets_or_removes_a_factor(client: Client) -> None:
    assert client.get("/staff/signup/", follow=True).status_code == 404
    for name in ("account_signup", "account_reset_password", "mfa_deactivate_totp"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


@pytest.mark.parametrize(
    "address",
    ["/cms/login/", "/cms/password_reset/", "/en/_util/login/", "/ar/_util/login/"],
)
def test_every_other_login_page_leads_to_the_one(client: Client, address) -> None:
    answer = client.get(address, follow=True)

    assert answer.redirect_chain[-1][0].startswith("/staff/login/")
    assert answer.status_code == 200


def test_other_login_pages_take_no_password(client: Client, moderator) -> None:
    user, keys = moderator

    client.post("/en/_util/login/", {"username": user.email, "password": keys.password})

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", ["/admin/", "/django-admin/", "/accounts/login/"])
def test_there_is_no_other_admin(client: Client, address) -> None:
    assert client.get(address, follow=True).status_code == 404


@pytest.mark.threat("T14")
def test_sign_in_changes_the_session_and_sign_out_ends_it(client: Client, moderator) -> None:
    client.get("/staff/login/")
    give_password(client, moderator[0].email, moderator[1].password)
    before = client.cookies["session"].value
    client.post("/staff/factor/code/", {"code": current_code(moderator[1].totp_secret)})
    inside = client.cookies["session"].value

    out = client.post("/staff/logout/")

    assert before != inside
    assert not Session.objects.filter(session_key__in=[before, inside]).exists()
    assert out["Clear-Site-Data"] == '"cache", "cookies"'
    stolen = Client()
    stolen.cookies["session"] = inside
    assert stolen.get("/desk/")["Location"].startswith("/staff/login/")


def test_sign_out_needs_a_sent_form(moderator) -> None:
    client = enter(moderator[0])
    client.get("/staff/logout/")

    assert client.get("/desk/").status_code == 200


def test_a_session_ends_twelve_hours_after_the_password(moderator) -> None:
    client = enter(moderator[0])
    session = client.session
    session["account_authentication_methods"][0]["at"] = time.time() - LONGEST_SESSION - 1
    session.save()

    assert client.get("/desk/")["Location"].startswith("/staff/login/")
    assert "_auth_user_id" not in client.session


def test_a_closed_account_is_out_at_once(moderator) -> None:
    client = enter(moderator[0])
    User.objects.update(is_active=False)

    assert client.get("/desk/")["Location"].startswith("/staff/login/")


def test_staff_pages_are_kept_by_no_cache(moderator) -> None:
    client = enter(moderator[0])

    for address in ("/desk/", "/staff/factor/", "/staff/password/"):
        assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.threat("T15")
def test_failed_passwords_make_the_next_try_wait(client: Client, moderator) -> None:
    user, keys = moderator
    for _try in range(4):
        give_password(client, user.email, "not this one, I am afraid")

    refused = give_password(client, user.email, keys.password)

    assert refused.status_code == 200
    assert "five minutes" in refused.content.decode()


def test_failed_codes_make_the_next_try_wait(client: Client, moderator) -> None:
    user, keys = moderator
    give_password(client, user.email, keys.password)
    for _try in range(4):
        client.post("/staff/factor/code/", {"code": "12"})

    refused = client.post("/staff/factor/code/", {"code": current_code(keys.totp_secret)})

    assert "five minutes" in refused.content.decode()


def test_the_wait_doubles_up_to_five_minutes_and_never_locks() -> None:
    now = [1000.0]
    delay = SignInDelay(now=lambda: now[0])
    waits = []
    for _try in range(40):
        delay.failed("someone@example.org")
        waits.append(delay.wait_for("Someone@example.org "))

    assert waits[:5] == [0, 0, 2, 4, 8]
    assert waits[-1] == LONGEST_WAIT
    assert delay.wait_for("another@example.org") == 0
    now[0] += LONGEST_WAIT
    assert delay.wait_for("someone@example.org") == 0


def test_an_unknown_address_gets_the_answer_of_a_wrong_password(client: Client, moderator) -> None:
    known = give_password(client, moderator[0].email, "not this one, I am afraid")
    unknown = give_password(client, "nobody@example.org", "not this one, I am afraid")

    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].errors == unknown.context["form"].errors


def test_nothing_says_where_or_with_what_someone_signed_in(moderator) -> None:
    user, keys = moderator
    client = Client(REMOTE_ADDR="198.51.100.77", HTTP_USER_AGENT="UA-CANARY-xyz")
    sign_in(client, user, keys)

    kept = " ".join(str(session.get_decoded()) for session in Session.objects.all())

    assert "198.51.100.77" not in kept
    assert "UA-CANARY-xyz" not in kept
    assert list(EmailAddress.objects.values_list("email", flat=True)) == [user.email]


def test_an_editor_works_in_the_guides_and_only_there() -> None:
    user, _keys = make_staff("editor@example.org", realm="editor")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = enter(user)

    assert client.get("/staff/")["Location"] == "/cms/"
    assert client.get("/cms/").status_code == 200
    assert client.get("/desk/").status_code == 403


def test_an_editor_without_rights_is_refused_and_not_sent_in_a_circle() -> None:
    user, _keys = make_staff("editor@example.org", realm="editor")
    user.groups.clear()

    assert enter(user).get("/cms/").status_code == 403


@pytest.mark.parametrize(("realm", "closed"), [("desk", "/cms/"), ("editor", "/desk/")])
def test_a_superuser_too_has_one_realm(realm, closed) -> None:
    grants = [RoleGrant("administrator")] if realm == "desk" else []
    user, _keys = make_staff("root@example.org", *grants, realm=realm)
    User.objects.update(is_superuser=True, is_staff=True)

    assert enter(user).get(closed).status_code == 403


def test_after_sign_in_only_our_own_pages_are_gone_to(client: Client, moderator) -> None:
    user, keys = moderator
    client.post(
        "/staff/login/?next=https://elsewhere.example/",
        {"login": user.email, "password": keys.password, "next": "https://elsewhere.example/"},
    )
    code = current_code(keys.totp_secret)

    assert client.post("/staff/factor/code/", {"code": code})["Location"] == "/staff/"
