"""Invented fee rules and help contacts of the demonstration; none of them is law or a number."""

from datetime import date

from django.conf import settings

from agencies.models import FeeRule
from recruitadvisor.core.models import Country, HelpContact
from recruitadvisor.demo.lists import COUNTRIES

# What the demonstration calls the most a worker may pay, in money of the country.
MAXIMA = {"np": ("10000", "NPR"), "ph": ("0", "PHP"), "id": ("0", "IDR"), "ke": ("20000", "KES")}


def add_reference(*, today: date) -> None:
    """Write the invented maxima and contacts; twice changes nothing."""
    for code, (maximum, currency) in MAXIMA.items():
        FeeRule.objects.get_or_create(
            origin=Country.objects.get(pk=code),
            destination=None,
            occupation="",
            defaults={
                "maximum": maximum,
                "currency": currency,
                "in_force_from": date(today.year - 5, 1, 1),
                "source": settings.SITE_URL,
                "checked_on": today,
                "checked_by": "Demonstration",
            },
        )
    for country in COUNTRIES:
        for position in (0, 1):
            HelpContact.objects.get_or_create(
                country_id=country.code,
                position=position,
                defaults={
                    "phone": country.phone.format(n=position),
                    "name_en": "Example union desk" if position else "Example help line",
                    "name_ne": "उदाहरण युनियन डेस्क" if position else "उदाहरण सहायता लाइन",
                    "name_ar": "مكتب نقابي للتجربة" if position else "خط مساعدة للتجربة",
                    "hours_en": "10:00–17:00" if position else "day and night",
                    "hours_ne": "१०:००–१७:००" if position else "दिनरात",
                    "hours_ar": "10:00–17:00" if position else "ليلا ونهارا",
                    "spoken_en": "English, Nepali, Arabic",
                    "spoken_ne": "अङ्ग्रेजी, नेपाली, अरबी",
                    "spoken_ar": "الإنجليزية والنيبالية والعربية",
                    "is_free": position == 0,
                    "source": settings.SITE_URL,
                    "checked_on": today,
                },
            )
