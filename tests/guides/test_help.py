"""The help page: numbers of one country in two taps, nothing invented, and always a way on."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from recruitadvisor.core.models import Country, HelpContact

pytestmark = pytest.mark.django_db


@pytest.fixture
def nepal() -> Country:
    country, _made = Country.objects.get_or_create(code="np", defaults={"name": "Nepal"})
    return country


def contact(country: Country, name: str, *, days: int = 10, **fields) -> HelpContact:
    return HelpContact.objects.create(
        country=country,
        name=name,
        phone=fields.pop("phone", "+977 00-000 0001"),
        source="https://example.org/",
        checked_on=timezone.localdate() - timedelta(days=days),
        **fields,
    )


@pytest.mark.parametrize("language", ["en", "ne", "ar"])
def test_help_opens_in_every_language(client: Client, language):
    assert client.get(f"/{language}/help/").status_code == 200


def test_a_number_is_two_taps_away(client, nepal):
    contact(nepal, "Example Union")

    page = client.get("/en/help/").content.decode()
    numbers = client.get("/en/help/?country=np").content.decode()

    assert 'href="?country=np"' in page
    assert 'href="tel:+977000000001"' in numbers


def test_a_contact_says_hours_languages_cost_and_day(client, nepal):
    contact(nepal, "Example Union", hours="9 to 5", spoken="Nepali", is_free=True)

    html = client.get("/en/help/?country=np").content.decode()

    for words in ("Hours: 9 to 5.", "Languages: Nepali.", "The call is free.", "Checked on"):
        assert words in html
    assert "Not checked recently" not in html


def test_a_contact_checked_long_ago_says_so(client, nepal):
    contact(nepal, "Example Union", days=200)

    assert "Not checked recently" in client.get("/en/help/?country=np").content.decode()


def test_two_contacts_come_first(client, nepal):
    for position in range(3):
        contact(nepal, f"Union {position}", position=position)

    html = client.get("/en/help/?country=np").content.decode()

    assert html.index("Union 0") < html.index("Union 1") < html.index("More numbers")
    assert html.index("More numbers") < html.index("Union 2")


def test_a_country_without_numbers_says_so_and_invents_none(client, nepal):
    html = client.get("/en/help/?country=np").content.decode()

    assert "We have no checked number for this country yet." in html
    assert "tel:" not in html
    assert "Call your embassy or consulate." in html


@pytest.mark.parametrize("asked", ["zz", "nepal", "<script>", "%00", "é" * 300])
def test_an_unknown_country_is_named_beside_its_field(client, asked):
    answer = client.get("/en/help/", {"country": asked})

    assert answer.status_code == 200
    assert "We do not know this country." in answer.content.decode()
    assert "<script>" not in answer.content.decode()


def test_the_help_page_leads_away_without_a_trace(client):
    assert 'href="/leave/"' in client.get("/en/help/").content.decode()


def test_the_help_page_asks_the_database_little(client, nepal, django_assert_max_num_queries):
    for position in range(20):
        contact(nepal, f"Union {position}", position=position)

    with django_assert_max_num_queries(8):
        client.get("/en/help/?country=np")
