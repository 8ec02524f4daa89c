"""Icons, dates, figures drawn as people, and sentences about agencies, for every template."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agencies import sentences
from agencies.answer import licence_line
from agencies.models import Agency
from recruitadvisor.core.text import western_digits

register = template.Library()

TONE_ICONS = {
    "neutral": "circle",
    "caution": "triangle",
    "warning": "octagon",
    "unknown": "question",
}
FIGURE_WIDTH = 17


@dataclass(frozen=True)
class StandingWords:
    """What a result row says about the licence."""

    tone: str
    text: str
    source: str


@register.simple_tag
def icon(name: str, css_class: str = "") -> SafeString:
    """Return one picture of the sprite; hidden from screen readers, for words stand beside it."""
    return format_html(
        '<svg class="icon {}" width="24" height="24" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        css_class,
        static("icons/sprite.svg"),
        name,
    )


@register.simple_tag
def tone_icon(tone: str, css_class: str = "") -> SafeString:
    """Return the shape of a tone: octagon, triangle, circle or question mark."""
    return icon(TONE_ICONS.get(tone, "question"), css_class)


@register.filter
def tone_class(tone: str) -> str:
    """Return the class that colours an icon by its tone."""
    return f"tone-{tone}"


@register.filter
def tel(phone: str) -> str:
    """Return a printed number as digits to dial, with its plus if it has one."""
    return re.sub(r"[^+0-9]", "", western_digits(phone))


@register.filter
def day(when: date | None) -> str:
    """Return a date as "12 March 2027"."""
    return sentences.day(when) if when else ""


@register.filter
def month(number: int | None) -> str:
    """Return "March 2027" for a month counted as 12 * year + month - 1."""
    if number is None:
        return ""
    year, index = divmod(number, 12)
    return date_format(date(year, index + 1, 1), "F Y")


@register.filter
def one_decimal(value: float | None) -> str:
    """Return a star figure with one decimal, half to even on its six decimals (AC-R6)."""
    if value is None:
        return ""
    tenth = Decimal(f"{value:.6f}").quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)
    return str(tenth)


@register.simple_tag
def standing_words(agency: Agency) -> StandingWords:
    """Return the licence sentence of a result row; reads prefetched licences only."""
    line = licence_line(agency, agency.licences.all(), timezone.localdate())
    return StandingWords(
        line.tone, str(sentences.licence_words(line)), sentences.source_words(line)
    )


@register.inclusion_tag("parts/people_row.html")
def people_row(label: str, count: int, total: int) -> dict[str, object]:
    """Draw "count of total" as small figures up to twenty, as a bar above (AC-R7)."""
    return {
        "label": label,
        "share": sentences.share_short(count, total),
        "is_small": total <= sentences.NATURAL_UP_TO,
        "filled": [FIGURE_WIDTH * place for place in range(count)],
        "empty": [FIGURE_WIDTH * place for place in range(count, total)],
        "width": FIGURE_WIDTH * total,
        "percent": round(100 * count / total) if total else 0,
    }
