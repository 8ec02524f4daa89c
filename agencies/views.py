"""The public pages about agencies: home, results, one agency, and how this works.

They may be kept by caches: no cookie is set and no session is read.
"""

from datetime import date
from typing import Any

from django.db.models import Max, Q, Sum
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies import listing, sentences
from agencies.answer import build_answer
from agencies.filters import AgencyFilterSet, last_page
from agencies.models import Agency, FeeRule, LicenceStatus, ListVersion
from agencies.search import SearchResults, search_agencies
from recruitadvisor.core.models import Country

NEAREST = 3  # suggestions of the not-found page (J-NF-2)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the one box, what a worker can do here, and how much there is to find."""
    lists = ListVersion.objects.filter(state=ListVersion.State.LIVE, kind="licence")
    context = {
        "countries": Country.objects.filter(authorities__isnull=False).distinct(),
        "agencies_count": Agency.objects.listed().count(),
        "lists": lists.select_related("authority__country").order_by("authority__country__name"),
        "newest_list_on": lists.aggregate(newest=Max("source_date"))["newest"],
        "reports_count": Agency.objects.listed().aggregate(n=Sum("reviews_count"))["n"] or 0,
    }
    return render(request, "agencies/home.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Agencies that match, with the number behind every filter.

    A filter we don't offer is named and otherwise ignored: an old link in a message group has
    to go on finding agencies.
    """
    asked = AgencyFilterSet(request.GET)
    query = asked.to_query()
    results = search_agencies(query)
    if results.total and not results.agency_ids:
        query = asked.to_query(page=last_page(results))
        results = search_agencies(query)
    found = Agency.objects.listed().with_licences().in_bulk(results.agency_ids)
    context = {
        "query": query,
        "text": asked.text,
        "errors": asked.errors,
        "results": results,
        "agencies": [found[pk] for pk in results.agency_ids if pk in found],
        "groups": listing.short_groups(asked.facet_groups(results)),
        "chips": listing.chips(asked),
        "sorts": asked.sort_options(),
        "sort": asked.sort,
        "pager": listing.pager(asked, results, query.page),
        "show_all_address": listing.every_status(asked),
    }
    if not results.total:
        context |= _for_a_miss(asked, results)
    return render(request, "agencies/search.html", context)


def _for_a_miss(asked: AgencyFilterSet, results: SearchResults) -> dict[str, Any]:
    """Return what the not-found page protects with; it names only lists that were searched."""
    chosen = asked.facets.get("country", ())
    live = ListVersion.objects.filter(state=ListVersion.State.LIVE, kind="licence")
    names = results.suggestions[:NEAREST]
    near = Agency.objects.listed().with_licences().filter(name__in=names)[:NEAREST]
    return {
        "near": list(near) if names else [],
        "elsewhere": listing.elsewhere(asked, results) if chosen else [],
        "lists": live.filter(authority__country__in=chosen).select_related("authority")
        if chosen
        else (),
    }


def fee_maximum(country_code: str, today: date) -> FeeRule | None:
    """Return the one maximum that holds for every worker of a country, if somebody checked it.

    A rule for one destination or occupation is no answer for all, so it is not used here.
    """
    in_force = FeeRule.objects.filter(
        Q(origin=country_code) | Q(origin=None, destination=country_code),
        Q(in_force_until=None) | Q(in_force_until__gte=today),
        checked_on__isnull=False,
        in_force_from__lte=today,
        occupation="",
    )
    rules = list(in_force.order_by("-in_force_from", "pk"))
    general = [rule for rule in rules if rule.destination_id is None or rule.origin_id is None]
    if general:
        return general[0]
    same = {(rule.maximum, rule.currency) for rule in rules}
    return rules[0] if len(same) == 1 else None


@require_safe
def agency(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show one agency: the reasoned answer first, then what it rests on."""
    found = get_object_or_404(Agency.objects.listed().with_licences(), pk=pk)
    if slug != found.slug:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    today = timezone.localdate()
    answer = build_answer(found, found.licences.all(), today, fee_maximum(found.country_id, today))
    licence = answer.licence.licence
    authority = licence.authority if licence else found.country.authorities.first()
    history = LicenceStatus.objects.filter(licence__agency=found)
    context = {
        "agency": found,
        "answer": answer,
        "headline": sentences.headline_words(answer),
        "licence_words": sentences.licence_words(answer.licence),
        "source_words": sentences.source_words(answer.licence),
        "money_share": sentences.share_words(answer.money.count, answer.money.total),
        "promise_share": sentences.share_words(answer.promise.count, answer.promise.total),
        "money_words": sentences.money_words(answer, found.reviews_count),
        "promise_words": sentences.promise_words(answer, found.reviews_count),
        "maximum_words": sentences.maximum_words(answer.maximum),
        "step_words": sentences.step_words(answer.next_step, authority),
        "authority": authority,
        "history": sentences.timeline(history.select_related("licence", "list_version")),
        "offices": found.offices.filter(is_private=False),
    }
    return render(request, "agencies/agency.html", context)


@require_safe
def agency_by_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead a short link to the agency's full address."""
    del request
    return HttpResponsePermanentRedirect(
        get_object_or_404(Agency.objects.listed(), pk=pk).get_absolute_url()
    )


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """Explain where the facts come from and how stars are counted."""
    return render(request, "agencies/method.html")
