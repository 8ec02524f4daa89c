"""The real lists give the figures of the design; skipped where they are not at hand."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from agencies.imports.report import ImportReport
from agencies.imports.run import import_list
from agencies.models import Agency, AgencyName, Licence, LicenceRow, LicenceStatus, ListVersion
from agencies.standing import effective

LISTS = Path(__file__).resolve().parents[4] / "shared" / "data" / "licence-lists"
PH_1, PH_2 = "philippines/poea_output_v1.csv", "philippines/poea_output_v2.1.csv"
HONG_KONG = "hong_kong/Employmnt_Agency_Data_28_12_21.csv"
UGANDA_1, UGANDA_2 = "uganda/companies_12_8_24.csv", "uganda/companies.csv"
KENYA = "kenya/nea_agencies_extracted.json"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not LISTS.is_dir(), reason="The real licence lists are not on this machine."
    ),
]


def bring(source: str, name: str, day: str, **more: object) -> ImportReport:
    as_of = dt.date.fromisoformat(day)
    return import_list(source=source, path=LISTS / name, as_of=as_of, today=as_of, **more)


def stored() -> tuple[int, ...]:
    tables = (Agency, AgencyName, Licence, LicenceRow, LicenceStatus, ListVersion)
    return tuple(table.objects.count() for table in tables)


def codes(report: ImportReport) -> dict[str, int]:
    return {finding["code"]: finding["count"] for finding in report.findings}


def test_philippines_one_release_after_the_other() -> None:
    first = bring("philippines", PH_1, "2019-02-01")

    assert (first.outcome, first.rows, first.created, first.skipped) == ("published", 3704, 3704, 6)
    assert not first.refused
    assert not first.tripwires
    assert "count_differs" not in codes(first)
    assert codes(first)["unmapped_status"] == 4
    assert codes(first)["letters_lost"] == 169
    assert Agency.objects.values("name_key").distinct().count() == 3669

    second = bring("philippines", PH_2, "2019-03-01")

    assert (second.outcome, second.rows, second.created, second.missing) == (
        "published",
        3705,
        1,
        0,
    )
    assert not second.tripwires
    assert second.waiting == 0
    assert Agency.objects.count() == 3705
    assert Counter((change["from"], change["to"]) for change in second.status_changes) == {
        ("valid", "suspended_admin"): 12,
        ("revoked", "valid"): 3,
        ("delisted", "valid"): 1,
        ("delisted", "revoked"): 1,
        ("valid", "suspended"): 1,
        ("suspended", "valid"): 1,
    }
    assert codes(second)["rename_proposed"] == 2
    assert AgencyName.objects.filter(kind=AgencyName.Kind.PROPOSED).count() == 2
    passed = Licence.objects.filter(standing="valid", expires_on__lt=dt.date(2019, 3, 1))
    assert passed.count() == 48
    assert set(passed.values_list("agency__standing", flat=True)) == {"expired"}

    before = stored()
    again = bring("philippines", PH_2, "2019-03-01")

    assert (again.outcome, again.created, again.changed, again.unchanged) == (
        "unchanged",
        0,
        0,
        3705,
    )
    assert stored() == before


def test_the_philippine_authority_itself_is_no_agency_for_visitors() -> None:
    report = bring("philippines", PH_1, "2019-02-01")

    hidden = Agency.objects.filter(is_listed=False)
    assert hidden.count() == codes(report)["not_an_agency"] == 4


def test_hong_kong_lists_places() -> None:
    report = bring("hong_kong", HONG_KONG, "2021-12-28")

    assert (report.rows, report.created, report.skipped) == (3293, 3293, 0)
    assert not report.refused
    assert set(Agency.objects.values_list("standing", flat=True)) == {"valid"}
    assert not Licence.objects.exclude(expires_on=None).exists()
    assert Agency.objects.exclude(native_name="").count() == 3293 - 1288
    before = stored()
    assert bring("hong_kong", HONG_KONG, "2021-12-28").outcome == "unchanged"
    assert stored() == before


def test_uganda_then_a_release_with_a_quarter_gone() -> None:
    first = bring("uganda", UGANDA_1, "2024-12-08")

    assert (first.rows, first.created) == (504, 504)
    assert codes(first)["fallback:validity"] == 5
    assert not Licence.objects.filter(expires_on=None).exists()
    kinds = Counter(Agency.objects.values_list("kind", flat=True))
    assert kinds == {"origin": 307, "destination": 192, "unknown": 5}

    before = stored()
    second = bring("uganda", UGANDA_2, "2025-09-20")

    assert second.outcome == "held"
    assert "W-1" in [wire["code"] for wire in second.tripwires]
    assert (second.rows, second.created, second.missing, second.waiting) == (479, 100, 125, 1)
    assert stored()[:5] == before[:5]
    assert bring("uganda", UGANDA_1, "2024-12-08").outcome == "unchanged"


def test_kenya_on_the_day_of_its_list() -> None:
    day = dt.date(2026, 4, 11)
    report = bring("kenya", KENYA, "2026-04-11")

    assert (report.rows, report.created) == (1294, 1294)
    assert codes(report)["same_name_twice"] == 2
    licences = Licence.objects.values_list("standing", "expires_on")
    standing = Counter(effective(*licence, day) for licence in licences)
    assert standing["expired"] == 726
    assert standing["valid"] + standing["expiring"] == 568
    before = stored()
    assert bring("kenya", KENYA, "2026-04-11").outcome == "unchanged"
    assert stored() == before
