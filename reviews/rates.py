"""How many of an agency's workers told what, question by question (review-form.md A-2)."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from reviews import questions
from reviews.figures import RATE_MONTHS, month_of
from reviews.models import Answer, ReviewVersion
from reviews.screens import LEAST

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Rate:
    """``count`` of ``total`` workers answered as ``label`` says."""

    label: "StrOrPromise"
    count: int
    total: int


# Money against the law and the promise have lines of their own on the page.
_COUNTED: tuple[tuple[str, frozenset[str], "StrOrPromise"], ...] = (
    ("Q104", frozenset({"4", "5"}), _("All or most of what they said was true")),
    ("Q201", frozenset({"yes"}), _("Paid to get the job")),
    ("Q301", frozenset({"yes"}), _("Written contract before leaving")),
    ("Q502", frozenset({"same"}), _("Pay as promised, or more")),
)


def rates(agency_id: int, today: date) -> list[Rate]:
    """Return the rates of the last 36 months that five workers or more answered (N-6).

    Who skipped, does not know or would rather not say counts neither above nor below (A-3).
    """
    told: defaultdict[str, Counter[str]] = defaultdict(Counter)
    rows = Answer.objects.filter(
        version__review__agency_id=agency_id,
        version__state=ReviewVersion.State.PUBLISHED,
        version__review__first_published_month__gt=month_of(today) - RATE_MONTHS,
        code__in=[code for code, _counted, _label in _COUNTED],
    ).exclude(value__in=questions.NOT_TOLD)
    for code, value in rows.values_list("code", "value"):
        told[code][value] += 1
    return [
        Rate(label, sum(told[code][value] for value in counted), told[code].total())
        for code, counted, label in _COUNTED
        if told[code].total() >= LEAST
    ]
