"""What a licence amounts to on a day, and what the daily run writes of it."""

import datetime as dt

import pytest

from agencies.models import Agency, PendingIndex, Standing
from agencies.services import refresh_standings, set_figures
from agencies.standing import MEANINGS, best_first, effective
from tests.agencies.factories import AgencyFactory, LicenceFactory

TODAY = dt.date(2026, 11, 22)
YESTERDAY = TODAY - dt.timedelta(days=1)


def test_every_status_of_the_model_has_a_meaning() -> None:
    assert set(MEANINGS) == set(Standing.values)


@pytest.mark.parametrize(
    ("standing", "expires_on", "expected"),
    [
        ("valid", None, "valid"),
        ("valid", TODAY + dt.timedelta(days=61), "valid"),
        ("valid", TODAY + dt.timedelta(days=60), "expiring"),
        ("valid", TODAY, "expiring"),
        ("valid", YESTERDAY, "expired"),
        ("valid_provisional", YESTERDAY, "expired"),
        ("under_surveillance", YESTERDAY, "expired"),
        ("suspended_admin", YESTERDAY, "expired"),
        ("unknown", YESTERDAY, "expired"),
        ("revoked", YESTERDAY, "revoked"),
        ("surrendered", YESTERDAY, "surrendered"),
        ("not_on_list", YESTERDAY, "not_on_list"),
        ("suspended_admin", TODAY, "suspended_admin"),
        ("unknown", TODAY, "unknown"),
    ],
)
def test_the_worse_of_word_and_date_holds(
    standing: str, expires_on: dt.date | None, expected: str
) -> None:
    assert effective(standing, expires_on, TODAY) == expected


def test_the_better_standing_comes_first() -> None:
    assert sorted(["revoked", "expired", "valid", "expiring", "unknown"], key=best_first) == [
        "valid",
        "expiring",
        "unknown",
        "expired",
        "revoked",
    ]


@pytest.mark.django_db
def test_an_end_date_that_passed_changes_the_agency_and_marks_it_for_search() -> None:
    licence = LicenceFactory.create(expires_on=YESTERDAY, today=YESTERDAY)
    other = LicenceFactory.create()
    PendingIndex.objects.all().delete()

    changed = refresh_standings(today=TODAY)

    agency = Agency.objects.get(pk=licence.agency_id)
    assert changed == 1
    assert (agency.standing, agency.tier, agency.standing_on) == ("expired", 1, TODAY)
    assert list(PendingIndex.objects.values_list("pk", flat=True)) == [agency.pk]
    assert Agency.objects.get(pk=other.agency_id).standing_on == TODAY


@pytest.mark.django_db
def test_an_agency_stands_as_its_best_licence() -> None:
    licence = LicenceFactory.create(standing="revoked")
    LicenceFactory.create(agency=licence.agency, standing="valid_provisional")

    refresh_standings(today=TODAY, agency_ids=[licence.agency_id])

    assert Agency.objects.get(pk=licence.agency_id).standing == "valid_provisional"


@pytest.mark.django_db
def test_refreshing_twice_changes_nothing_the_second_time() -> None:
    LicenceFactory.create(expires_on=YESTERDAY)
    refresh_standings(today=TODAY)

    assert refresh_standings(today=TODAY) == 0


@pytest.mark.django_db
def test_an_agency_without_a_licence_is_left_alone() -> None:
    agency = AgencyFactory.create(standing="unlisted")

    refresh_standings(today=TODAY)

    agency.refresh_from_db()
    assert agency.standing == "unlisted"


@pytest.mark.django_db
def test_figures_are_written_and_the_agency_is_marked() -> None:
    agency = AgencyFactory.create()

    set_figures(agency_id=agency.pk, reviews_count=3, rating_label="good")

    agency.refresh_from_db()
    assert (agency.reviews_count, agency.rating_label) == (3, "good")
    assert PendingIndex.objects.filter(pk=agency.pk).exists()


@pytest.mark.django_db
def test_a_figure_nobody_knows_is_a_mistake() -> None:
    agency = AgencyFactory.create()

    with pytest.raises(TypeError, match="standing"):
        set_figures(agency_id=agency.pk, standing="valid")
