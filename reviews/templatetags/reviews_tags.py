"""What the agency page shows of reviews."""

from typing import Any

from django import template
from django.utils import timezone

from agencies.models import Agency
from reviews.models import ReviewVersion
from reviews.published import public_review
from reviews.rates import rates
from reviews.screens import LEAST

register = template.Library()
MOST_ON_PAGE = 50


@register.inclusion_tag("reviews/_agency_reviews.html", takes_context=True)
def agency_reviews(context: template.Context, agency: Agency) -> dict[str, Any]:
    """Show the published reviews of an agency, newest batch first, without any date.

    Within a month the order is that of random keys, so it tells nothing about arrival.
    """
    versions = (
        ReviewVersion.objects.public()
        .filter(review__agency=agency)
        .select_related("review")
        .prefetch_related("answers")
        .order_by("-review__first_published_month", "pk")[:MOST_ON_PAGE]
    )
    has_five = agency.reviews_count >= LEAST
    return {
        "agency": agency,
        "rates": rates(agency.pk, timezone.localdate()) if has_five else [],
        "language": context.get("language", "en"),
        "reviews": [public_review(version, agency.reviews_count) for version in versions],
        "has_five": has_five,
        "most": MOST_ON_PAGE,
        "is_cut": agency.reviews_count > MOST_ON_PAGE,
    }
