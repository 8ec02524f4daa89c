"""The public agency pages: what they say, what they cost, and what they never set."""

from datetime import UTC, date, datetime, timedelta

import pytest

from agencies.models import Agency, Authority, Licence, ListVersion, Standing
from agencies.search import backend
from agencies.standing import MEANINGS
from recruitadvisor.core.models import Country

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "search"
    country, _made = Country.objects.get_or_create(code="np", defaults={"name": "Nepal"})
    authority = Authority.objects.create(code="office", country=country, name="Licence Office")
    today = datetime.now(UTC).date()
    version = ListVersion.objects.create(
        authority=authority, source="test", number=1, source_date=today, sha256="0" * 64,
        content_sha256="0" * 64, file_name="list.csv", state="live", profile_sha256="0" * 64,
        row_count=1, created_at=datetime.now(UTC),
    )  # fmt: skip

    def make(name="Fictional Path", standing="valid", **figures):
        agency = Agency.objects.create(
            country=country, name=name, name_key=name.lower(), standing=standing,
            tier=MEANINGS[standing].tier, **figures,
        )  # fmt: skip
        Licence.objects.create(
            agency=agency, authority=authority, list_version=version, standing=standing,
            status_raw="official words", expires_on=today + timedelta(days=400), row_key=name,
            status_since=date(2026, 5, 4), number="RL-1",
        )  # fmt: skip
        return agency

    return make


@pytest.mark.parametrize("standing", Standing.values)
def test_every_standing_has_its_page_with_the_official_words(client, listed, standing):
    page = client.get(listed(standing=standing).get_absolute_url())

    assert page.status_code == 200
    assert ("official words" in page.text) == (standing != "not_on_list")
    assert "Licence Office, list of" in page.text
    assert not page.cookies


def test_under_five_answers_only_the_bare_number_of_reviews_is_told(client, listed):
    agency = listed(reviews_count=4, promise_answers=3, promise_kept=1)

    page = client.get(agency.get_absolute_url())

    assert "Not enough workers told us about the job yet (4)." in page.text
    assert "of 3" not in page.text


def test_a_short_or_old_address_leads_to_the_full_one(client, listed):
    agency = listed()

    assert client.get(f"/en/agencies/{agency.pk}/").url == agency.get_absolute_url()
    assert client.get(f"/en/agencies/{agency.pk}-old/").url == agency.get_absolute_url()


def test_an_agency_that_is_not_listed_is_not_found(client, listed):
    agency = listed(is_listed=False)

    assert client.get(agency.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("rows", [1, 50])
def test_pages_ask_a_fixed_number_of_queries(client, listed, rows, django_assert_max_num_queries):
    agencies = [listed(name=f"Fictional Path {place}") for place in range(rows)]
    backend().rebuild()

    with django_assert_max_num_queries(8):
        assert client.get("/en/agencies/").status_code == 200
    with django_assert_max_num_queries(12):
        assert client.get(agencies[0].get_absolute_url()).status_code == 200


def test_a_miss_protects_and_keeps_the_words(client, listed):
    listed()
    backend().rebuild()

    page = client.get("/en/agencies/", {"q": "zzqqx", "country": "np"})

    assert page.status_code == 200
    assert 'value="zzqqx"' in page.text
    assert "Not on the Licence Office list of" in page.text
    assert "It is not proof of fraud." in page.text


def test_a_wrong_parameter_is_named_and_left_out(client, listed):
    listed()
    backend().rebuild()

    page = client.get("/en/agencies/", {"country": "zz", "sort": "x", "page": "-1"})

    assert page.status_code == 200
    assert 'id="country-error"' in page.text
    assert "Fictional Path" in page.text
