"""A list from file to pages: what is published, held, refused, and what stays untouched."""

import datetime as dt
import io
import json
import random
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from agencies.imports.errors import ApprovalError, UnknownSourceError
from agencies.imports.run import import_list
from agencies.models import Agency, AgencyName, Licence, LicenceRow, LicenceStatus, ListVersion
from recruitadvisor.accounts.models import Role, User
from recruitadvisor.core.models import AuditEvent
from tests.agencies.imports.conftest import DAY, HEADINGS, Bring, as_csv, rows

pytestmark = pytest.mark.django_db

LATER = DAY
EARLIER = DAY - dt.timedelta(days=30)


def test_the_first_list_makes_agencies_licences_history_and_rows(bring: Bring) -> None:
    report = bring(rows(3))

    assert (report.outcome, report.exit_code, report.created) == ("published", 0, 3)
    agency = Agency.objects.get(name="Himal Star 2 Pvt. Ltd.")
    licence = agency.licences.get()
    assert (licence.number, licence.expires_on) == ("2/082", dt.date(2027, 12, 31))
    assert (agency.standing, agency.tier, agency.country_id) == ("valid", 0, "np")
    assert licence.history.get().since == DAY
    assert LicenceRow.objects.get(licence=licence).raw["Address"] == "Ward 2, Patan"
    assert AuditEvent.objects.filter(action="list.published").exists()


def test_the_same_bytes_or_another_order_or_format_change_nothing(bring: Bring) -> None:
    bring(rows(30))
    shuffled = rows(30)
    random.Random(3).shuffle(shuffled)
    book = Workbook()
    for row in (HEADINGS, *shuffled):
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)

    outcomes = [
        bring(rows(30)).outcome,
        bring(shuffled).outcome,
        bring(data.getvalue(), name="list.xlsx").outcome,
    ]

    assert outcomes == ["unchanged"] * 3
    assert ListVersion.objects.count() == 1
    assert LicenceRow.objects.count() == 30
    assert LicenceStatus.objects.count() == 30


def test_a_new_status_is_added_to_the_history(bring: Bring) -> None:
    bring(rows(30), day=EARLIER)
    changed = rows(30)
    changed[4] = (*changed[4][:2], "Suspended", *changed[4][3:])

    report = bring(changed)

    assert (report.changed, report.unchanged) == (1, 29)
    assert [(c["from"], c["to"]) for c in report.status_changes] == [("valid", "suspended")]
    agency = Agency.objects.get(name=changed[4][0])
    assert (agency.standing, agency.tier) == ("suspended", 2)
    assert [s.standing for s in agency.licences.get().history.all()] == ["valid", "suspended"]
    assert ListVersion.objects.filter(state="live").get().source_date == DAY


def test_who_is_gone_stays_as_not_on_list_since_that_date(bring: Bring) -> None:
    bring(rows(30), day=EARLIER)

    report = bring(rows(29))

    assert report.missing == 1
    gone = Licence.objects.get(number="30/082")
    assert (gone.standing, gone.status_since, gone.agency.standing) == (
        "not_on_list",
        DAY,
        "not_on_list",
    )
    assert Agency.objects.count() == 30


def test_nobody_is_gone_from_a_partial_list(bring: Bring, facts: Path) -> None:
    facts.write_text(facts.read_text().replace("[row]", "[row]\npartial = true"))
    bring(rows(30), day=EARLIER)

    assert bring(rows(10)).missing == 0
    assert not Licence.objects.filter(standing="not_on_list").exists()


def test_spaces_case_and_markup_are_cosmetic(bring: Bring) -> None:
    bring(rows(10), day=EARLIER)
    loud = [(n.upper(), no, f"<b>{s}</b>", e, f"{a}&nbsp;") for n, no, s, e, a in rows(10)]

    report = bring(loud)

    assert (report.changed, report.cosmetic, report.tripwires) == (0, 10, [])
    assert LicenceStatus.objects.count() == 10


def test_a_list_that_shrinks_is_held_and_changes_nothing(bring: Bring) -> None:
    bring(rows(30), day=EARLIER)

    report = bring(rows(20))

    assert (report.outcome, report.exit_code) == ("held", 3)
    assert "W-1" in [wire["code"] for wire in report.tripwires]
    assert not Licence.objects.filter(standing="not_on_list").exists()
    assert list(ListVersion.objects.order_by("number").values_list("state", flat=True)) == [
        "live",
        "held",
    ]
    assert bring(rows(20)).outcome == "held"
    assert ListVersion.objects.count() == 2


def test_an_older_list_is_held(bring: Bring) -> None:
    bring(rows(30))
    changed = [*rows(29), ("Himal Star 30 Pvt. Ltd.", "30/082", "Cancelled", "31/12/2027", "x")]

    report = bring(changed, day=EARLIER)

    assert [wire["code"] for wire in report.tripwires] == ["W-3"]


def test_a_steward_of_the_authority_lets_a_held_list_through(bring: Bring) -> None:
    bring(rows(30), day=EARLIER)
    bring(rows(20))
    steward = User.objects.create_user("steward@example.org")
    Role.objects.create(user=steward, kind=Role.Kind.STEWARD, authority_code="dofe")

    report = bring(rows(20), approved_by_id=steward.pk, reason="The authority confirmed it.")

    assert (report.outcome, report.missing) == ("published", 10)
    live = ListVersion.objects.get(state="live")
    assert (live.number, live.approved_by_id) == (2, steward.pk)


def test_an_approval_needs_a_second_person_a_role_and_a_reason(bring: Bring) -> None:
    bring(rows(30), day=EARLIER)
    other = User.objects.create_user("other@example.org")
    steward = User.objects.create_user("steward@example.org")
    Role.objects.create(user=steward, kind=Role.Kind.STEWARD, authority_code="dofe")

    with pytest.raises(ApprovalError):
        bring(rows(20), approved_by_id=other.pk, reason="yes")
    with pytest.raises(ApprovalError):
        bring(rows(20), approved_by_id=steward.pk, reason=" ")
    with pytest.raises(ApprovalError):
        bring(rows(20), approved_by_id=steward.pk, uploaded_by_id=steward.pk, reason="yes")
    assert ListVersion.objects.count() == 1


def test_a_number_that_carries_another_name_waits_for_a_person(bring: Bring) -> None:
    bring(rows(30), day=EARLIER)
    other = rows(30)
    other[0] = ("Quite Another Firm", *other[0][1:])

    report = bring(other)

    assert (report.waiting, report.created, report.missing) == (1, 0, 0)
    assert Licence.objects.get(number="1/082").standing == "valid"


def test_a_rename_is_proposed_and_found_by_both_names(bring: Bring) -> None:
    bring(rows(30), day=EARLIER)
    renamed = rows(30)
    renamed[0] = ("Blue Yak Jobs (FORMERLY Himal Star 1 Pvt. Ltd.)", "99/082", *renamed[0][2:])

    report = bring(renamed)

    assert (report.created, report.missing) == (0, 0)
    assert Agency.objects.filter(name="Himal Star 1 Pvt. Ltd.").count() == 1
    assert AgencyName.objects.get(kind="proposed").text == "Blue Yak Jobs"


def test_a_dry_run_writes_nothing(bring: Bring, tmp_path: Path) -> None:
    report = bring(rows(3), dry_run=True)

    assert (report.outcome, report.created) == ("checked", 3)
    assert not Agency.objects.exists()
    assert not (tmp_path / "archive").exists()


def test_the_original_is_kept_by_its_sum(bring: Bring, tmp_path: Path) -> None:
    bring(rows(3))

    version = ListVersion.objects.get()
    kept = tmp_path / "archive" / version.sha256[:2] / version.sha256
    assert kept.read_bytes() == as_csv(rows(3))


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "list.csv", "empty"),
        (b"%PDF-1.4", "list.csv", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "list.xls", "workbook"),
        (b"PK\x03\x04junk", "list.xlsx", "damaged"),
        (b"PK\x03\x04junk", "list.zip", "packed"),
        (b"<!DOCTYPE html><table>", "list.csv", "web page"),
        (as_csv(rows(3))[:-20] + b'"x', "list.csv", "middle of a row"),
        (as_csv(rows(3))[:-25], "list.csv", "middle of a row"),
        (as_csv(rows(3)).replace(b"Himal", b"Him\x00l"), "list.csv", "not text"),
        (as_csv(rows(3)).replace(b"Himal", b"Him\xe9l"), "list.csv", "UTF-8"),
        (as_csv(rows(3), ("Name", "No", "State", "Valid until", "Address")), "list.csv", "Status"),
        (as_csv(rows(3), (*HEADINGS[:4], "Passport No")), "list.csv", "passports"),
        (as_csv([]), "list.csv", "no rows"),
        (as_csv([*rows(3), ("9 records found", "", "", "", "")]), "list.csv", "9 records"),
        (as_csv([(*row[:3], "31/12/27", "x") for row in rows(5)]), "list.csv", "5 of 5 rows"),
        (b"[", "list.json", "middle of a row"),
        (b"[1]", "list.json", "objects"),
        (b"Name,No,Status,Valid until\n" + b"x" * 2001 + b",1,Active,1/1/2027\n", "l.csv", "2 000"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence_and_nothing_is_written(
    bring: Bring, tmp_path: Path, content: bytes, name: str, says: str
) -> None:
    report = bring(content, name=name)

    assert (report.outcome, report.exit_code) == ("refused", 2)
    assert says in report.message
    assert not Agency.objects.exists()
    assert not ListVersion.objects.exists()
    assert not (tmp_path / "archive").exists()


def test_a_refused_row_names_row_column_value_and_remedy(bring: Bring) -> None:
    spoilt = rows(30)
    spoilt[6] = (*spoilt[6][:3], "31/12/27", "x")

    report = bring(spoilt)

    assert (report.outcome, report.rows, report.created) == ("held", 30, 29)
    assert report.refused == [
        {
            "row": 8,
            "column": "Valid until",
            "value": "31/12/27",
            "message": "The year has two digits. Write all four.",
        }
    ]


def test_the_command_prints_json_and_leaves_with_the_status(
    facts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(as_csv(rows(3)))

    call_command("import_licences", "nepal_test", str(path), "--as-of", "2026-10-01", "--json")

    printed = json.loads(capsys.readouterr().out)
    assert (printed["rows"], printed["created"], printed["refused"]) == (3, 3, [])
    path.write_bytes(b"")
    with pytest.raises(SystemExit, match="2"):
        call_command("import_licences", "nepal_test", str(path), "--as-of", "2026-10-02")
    assert "empty" in capsys.readouterr().err
    with pytest.raises(CommandError):
        call_command("import_licences", "nobody", str(path), "--as-of", "2026-10-02")


def test_a_source_nobody_knows_is_named(facts: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownSourceError, match="nepal_test"):
        import_list(source="../x", path=tmp_path / "l.csv", as_of=DAY, today=DAY)


def test_a_licence_replaced_at_renewal_carries_no_reason_a_visitor_would_read(
    bring: Bring, facts: Path
) -> None:
    text = facts.read_text(encoding="utf-8")
    facts.write_text(text.replace("[row]", "[row]\nnumbers_change = true"), encoding="utf-8")
    bring(rows(30), day=EARLIER)

    bring([("Himal Star 1 Pvt. Ltd.", "901/083", *rows(1)[0][2:]), *rows(30)[1:]], day=LATER)

    old = Licence.objects.get(number="1/082")
    assert (old.standing, old.reason) == ("not_on_list", "")
    assert set(old.history.values_list("reason", flat=True)) == {""}
    assert old.agency.licences.get(number="901/083").standing == "valid"
