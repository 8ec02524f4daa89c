"""Making accounts of staff by command."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from recruitadvisor.accounts.models import Role, User
from recruitadvisor.accounts.services import EDITORS_GROUP, RoleGrant
from recruitadvisor.core.models import AuditEvent
from tests.accounts.staff import make_staff

pytestmark = pytest.mark.django_db


def add(*arguments: str) -> str:
    out = StringIO()
    call_command("add_staff", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_prints_what_is_needed_to_sign_in() -> None:
    text = add("asha@example.org", "--role", "moderator", "--country", "NP", "--language", "ne")

    user = User.objects.get(email="asha@example.org")
    assert user.spoken_languages == "ne"
    assert [(role.kind, role.country_id) for role in user.roles.all()] == [("moderator", "np")]
    password = next(line.split()[-1] for line in text.splitlines() if line.startswith("Password"))
    assert len(password) >= 15
    assert user.check_password(password)
    codes = next(line for line in text.splitlines() if line.startswith("Recovery"))
    assert len(codes.split(":")[1].split()) == 10
    assert AuditEvent.objects.get(action="staff.add").object_id == str(user.pk)


def test_no_key_is_written_to_the_audit_trail() -> None:
    user, keys = make_staff("asha@example.org", RoleGrant("lead", "np"))

    kept = str(AuditEvent.objects.values_list("before", "after", "reason"))

    assert keys.password not in kept
    assert keys.totp_secret not in kept
    assert user.email not in kept


def test_an_editor_gets_the_group_of_editors_and_no_role() -> None:
    add("editor@example.org", "--editor")

    user = User.objects.get(email="editor@example.org")
    assert user.realm == "editor"
    assert user.groups.get().name == EDITORS_GROUP
    assert not user.roles.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["a@example.org", "--editor", "--role", "lead", "--country", "np"], "no role"),
        (["a@example.org"], "at least one role"),
        (["a@example.org", "--role", "moderator"], "needs a country"),
        (["a@example.org", "--role", "officer", "--country", "np"], "needs an authority"),
        (["a@example.org", "--role", "lead", "--country", "zz"], "no country"),
        (["not-an-address", "--role", "lead", "--country", "np"], "not an e-mail address"),
    ],
)
def test_an_account_that_must_not_exist_is_refused(arguments, words) -> None:
    with pytest.raises(CommandError, match=words):
        add(*arguments)

    assert not User.objects.exists()


def test_an_address_is_taken_once_in_any_case() -> None:
    add("asha@example.org", "--role", "lead", "--country", "np")

    with pytest.raises(CommandError, match="already an account"):
        add("Asha@Example.org", "--editor")


@pytest.mark.parametrize("kind", ["moderator", "lead", "caseworker"])
def test_the_database_too_wants_a_country_for_who_reads_reviews(kind) -> None:
    user = User.objects.create_user("a@example.org", "a long password indeed")

    with pytest.raises(IntegrityError):
        Role.objects.create(user=user, kind=kind)
