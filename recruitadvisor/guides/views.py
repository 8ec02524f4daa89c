"""The page "I need help now": numbers of one country, and what is true everywhere."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recruitadvisor.core.models import Country, HelpContact
from recruitadvisor.guides.blocks import dialled
from recruitadvisor.guides.models import GuideSection

FIRST_CONTACTS = 2
RECENT = timedelta(days=183)


@dataclass(frozen=True)
class ContactLine:
    """A contact as it is shown: with a number to tap and the age of our check."""

    contact: HelpContact
    tel: str
    is_recent: bool


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Show whom to call in the country asked for; without one, what is true everywhere."""
    asked = request.GET.get("country", "").strip().lower()
    countries = sorted(
        Country.objects.annotate(contacts=Count("help_contacts")),
        key=lambda country: str(country.name),
    )
    country = next((country for country in countries if country.code == asked), None)
    section = GuideSection.for_reader()
    contacts = contact_lines(country, today=timezone.localdate()) if country else []
    context = {
        "countries": countries,
        # Two taps lead to a number wherever we have one (J-DANGER-1).
        "quick_countries": [each for each in countries if each.contacts and each != country],
        "country": country,
        "country_error": _("We do not know this country. Choose one from the list.")
        if asked and country is None
        else "",
        "first_contacts": contacts[:FIRST_CONTACTS],
        "more_contacts": contacts[FIRST_CONTACTS:],
        "guides": section.links() if section else [],
    }
    return render(request, "guides/help.html", context)


def contact_lines(country: Country, *, today: date) -> list[ContactLine]:
    """Return the contacts on file for one country, the most useful first."""
    return [
        ContactLine(
            contact=contact,
            tel=dialled(contact.phone),
            is_recent=today - contact.checked_on <= RECENT,
        )
        for contact in country.help_contacts.all()
    ]
