"""Valid, boring agencies, licences and what they hang on. Fictional names only."""

import datetime as dt
import hashlib

import factory

from agencies.identity import name_key
from agencies.models import Agency, Authority, Licence, ListVersion
from agencies.standing import MEANINGS, effective
from recruitadvisor.core.text import number_key
from tests.core.factories import CountryFactory

LIST_DAY = dt.date(2026, 11, 1)


class AuthorityFactory(factory.django.DjangoModelFactory):
    """The authority of a country; one of each code."""

    class Meta:
        model = Authority
        django_get_or_create = ("code",)

    code = "dofe"
    country = factory.SubFactory(CountryFactory)
    name = "Department of Foreign Employment"
    check_address = "https://lists.example.org/"


class ListVersionFactory(factory.django.DjangoModelFactory):
    """A list that was live once; the live one of a source comes from an import."""

    class Meta:
        model = ListVersion

    authority = factory.SubFactory(AuthorityFactory)
    source = "nepal_test"
    number = factory.Sequence(lambda n: n + 1)
    source_date = LIST_DAY
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(str(o.number).encode()).hexdigest())
    content_sha256 = factory.SelfAttribute("sha256")
    file_name = "list.csv"
    state = ListVersion.State.REPLACED
    profile_sha256 = "0" * 64
    row_count = 1
    created_at = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


class AgencyFactory(factory.django.DjangoModelFactory):
    """A listed agency in Nepal, licensed today; without a licence row of its own.

    Stating ``standing`` sets the tier with it. ``LicenceFactory`` makes both.
    """

    class Meta:
        model = Agency

    country = factory.SubFactory(CountryFactory)
    name = factory.Sequence(lambda n: f"Golden Himal {n} Overseas Pvt. Ltd.")
    name_key = factory.LazyAttribute(lambda o: name_key(o.name))
    city = "Kathmandu"
    standing = "valid"
    tier = factory.LazyAttribute(lambda o: MEANINGS[o.standing].tier)
    standing_on = LIST_DAY


class LicenceFactory(factory.django.DjangoModelFactory):
    """A valid licence far from its end, and the agency it belongs to, which stands alike."""

    class Meta:
        model = Licence

    class Params:
        today = LIST_DAY

    authority = factory.SubFactory(
        AuthorityFactory,
        country=factory.LazyAttribute(lambda o: CountryFactory.create()),
    )
    agency = factory.SubFactory(
        AgencyFactory,
        standing=factory.LazyAttribute(
            lambda o: effective(
                o.factory_parent.standing, o.factory_parent.expires_on, o.factory_parent.today
            )
        ),
    )
    list_version = factory.SubFactory(
        ListVersionFactory, authority=factory.SelfAttribute("..authority")
    )
    number = factory.Sequence(lambda n: f"{n + 1}/082/083")
    number_key = factory.LazyAttribute(lambda o: number_key(o.number))
    issued_on = dt.date(2025, 11, 1)
    expires_on = dt.date(2028, 10, 31)
    standing = "valid"
    status_raw = "Active"
    status_since = dt.date(2025, 11, 1)
    row_key = factory.LazyAttribute(lambda o: f"{o.number_key}|{o.agency.name_key}")
    mapped = factory.LazyAttribute(
        lambda o: {"name": o.agency.name, "number": o.number, "status": o.status_raw}
    )
