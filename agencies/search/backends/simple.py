"""The answer of last resort, from the database alone: exact numbers and beginnings of names."""

from django.db.models import F, Q

from agencies.models import Agency
from agencies.search.query import MOST_CHARACTERS, AgencyQuery, SearchResults
from recruitadvisor.core.text import clean, number_key

NAME = "simple"
_FIELDS = {"country": "country_id", "status": "standing", "city": "city"}


def search(query: AgencyQuery) -> SearchResults:
    """Answer without counts and without spelling; used while no index can be read."""
    agencies = Agency.objects.listed()
    text = clean(query.text[:MOST_CHARACTERS])
    if text:
        wanted = Q(name__istartswith=text) | Q(native_name__istartswith=text)
        if key := number_key(text):
            wanted |= Q(licences__number_key=key)
        agencies = agencies.filter(wanted).distinct()
    for facet, field in _FIELDS.items():
        if values := query.facets.get(facet):
            agencies = agencies.filter(**{f"{field}__in": values})
    hidden = 0
    if query.is_browsing:
        hidden = agencies.exclude(tier=0).count()
        agencies = agencies.filter(tier=0)
    ranked = agencies.order_by(
        "tier", "-stars_shown", F("rating_low").desc(nulls_last=True), "name", "pk"
    )
    # The rank asks for columns that ``distinct`` has to see; ids alone are handed on.
    page = ranked.values_list("pk", "tier", "stars_shown", "rating_low", "name")
    return SearchResults(
        agency_ids=tuple(row[0] for row in page[query.start : query.start + query.page_size]),
        total=agencies.count(),
        engine=NAME,
        hidden_total=hidden,
    )
