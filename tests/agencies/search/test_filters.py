"""A wrong parameter is named beside its field, and the list still comes."""

from pathlib import Path

import pytest
from django.http import QueryDict

from agencies.filters import AgencyFilterSet
from recruitadvisor.core.models import Country

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nepal(settings: object, tmp_path: Path) -> None:
    settings.SEARCH_DIR = tmp_path
    Country.objects.get_or_create(pk="np", defaults={"name": "Nepal"})


def asked(address: str) -> AgencyFilterSet:
    """Return what an address asks for."""
    return AgencyFilterSet(QueryDict(address))


def test_a_right_address_is_read_without_complaint() -> None:
    found = asked("q=rl+10&country=NP&status=valid&status=banned&reviews=1-4&sort=reviews&page=२")

    query = found.to_query()
    assert found.errors == {}
    assert (query.text, query.sort, query.page) == ("rl 10", "reviews", 2)
    assert query.facets == {"country": ("np",), "status": ("valid", "banned"), "reviews": ("1-4",)}
    assert found.form.is_valid()


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("page=-1", "page"),
        ("page=1000000000", "page"),
        ("page=x", "page"),
        ("country=zz", "country"),
        ("status=great", "status"),
        ("status=" + "%00", "status"),
        ("reviews=7", "reviews"),
        ("destination=nowhere", "destination"),
        ("sort=paid", "sort"),
        ("q=" + "a" * 1_000_000, "q"),
        ("q=...", "q"),
        ("q=%00%E2%80%AE", "q"),
    ],
)
def test_a_wrong_parameter_is_named_and_left_out(address: str, field: str) -> None:
    found = asked(address)

    query = found.to_query()
    assert list(found.errors) == [field]
    assert len(query.text) <= 200
    assert query.facets == {}
    assert (query.sort, query.page) == ("best", 1)
    assert not found.form.is_valid()


def test_lone_surrogates_are_left_out() -> None:
    data = QueryDict(mutable=True)
    data["q"] = "golden \ud800"
    data["country"] = "\ud800"

    found = AgencyFilterSet(data)

    assert found.to_query().text == "golden"
    assert "country" in found.errors
    assert found.query_string() == "?q=golden"


def test_a_known_value_stays_beside_a_wrong_one() -> None:
    found = asked("country=zz&country=np")

    assert found.to_query().facets == {"country": ("np",)}
    assert "country" in found.errors


def test_a_chip_removes_only_itself() -> None:
    chips = asked("q=star&country=np&status=valid&page=3").active_chips()

    assert [(chip.name, chip.label, chip.query) for chip in chips] == [
        ("country", "Nepal", "?q=star&status=valid"),
        ("status", "Licensed", "?q=star&country=np"),
    ]
