"""What stands around a list of agencies, beside what its filters declare: pager, chips, misses."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agencies.filters import AgencyFilterSet, Chip, FacetGroup, last_page
from agencies.search import SearchResults
from agencies.standing import MEANINGS

NOT_LICENSED = tuple(name for name, meaning in MEANINGS.items() if meaning.tier)
MOST_OPTIONS = 12  # of one group, so that a list of districts does not outweigh the page


@dataclass(frozen=True)
class Pager:
    """Where a page stands in the list, and the addresses of its neighbours without path."""

    page: int
    pages: int
    earlier: str
    later: str


def pager(asked: AgencyFilterSet, results: SearchResults, page: int) -> Pager:
    """Return the pager of a list that shows ``page``."""
    pages = last_page(results)
    return Pager(
        page,
        pages,
        earlier=asked.query_string(page=page - 1) if page > 1 else "",
        later=asked.query_string(page=page + 1) if page < pages else "",
    )


def short_groups(groups: Iterable[FacetGroup]) -> list[FacetGroup]:
    """Return the facets with their most frequent options; chosen ones always stand."""
    return [
        group._replace(
            options=[
                option
                for place, option in enumerate(group.options)
                if option.is_chosen or place < MOST_OPTIONS
            ]
        )
        for group in groups
        if group.options
    ]


def every_status(asked: AgencyFilterSet) -> str:
    """Return the address that lists what browsing leaves out: all that is not licensed today."""
    return asked.query_string(status=NOT_LICENSED)


def chips(asked: AgencyFilterSet) -> list[Chip]:
    """Return the removable chips; "not licensed today" is one, though it is many statuses."""
    chosen = asked.facets.get("status", ())
    if not set(NOT_LICENSED) <= set(chosen):
        return asked.active_chips()
    left = tuple(value for value in chosen if value not in NOT_LICENSED)
    one = Chip("status", _("Not licensed today"), asked.query_string(status=left))
    others = [chip for chip in asked.active_chips() if chip.name != "status"]
    return [one, *others]


def elsewhere(asked: AgencyFilterSet, results: SearchResults) -> list[tuple[int, str, str]]:
    """Return (number, country, address) of the same words in other countries (J-NF-6)."""
    countries = next((g for g in asked.facet_groups(results) if g.name == "country"), None)
    return [
        (option.count, option.label, asked.query_string(country=(option.value,)))
        for option in (countries.options if countries else ())
        if option.count and not option.is_chosen
    ]
