"""What of a published review any visitor reads: its words with marked gaps, and what it adds."""

from typing import Any, NamedTuple

from recruitadvisor import languages
from reviews import notices, redaction
from reviews.models import Review, ReviewVersion
from reviews.screens import LEAST, public_facts


class Part(NamedTuple):
    """A piece of the text, or the mark where a piece was taken out."""

    words: str
    is_removed: bool


def text_parts(version: ReviewVersion) -> list[Part]:
    """Return the text in pieces; a redaction is a mark that says its kind, never a silent gap."""
    return [
        Part(notices.removed(piece.kind) if piece.kind else piece.text, bool(piece.kind))
        for piece in redaction.segments(version.text, version.redactions)
    ]


class PublicReview(NamedTuple):
    """One review as it stands on its agency's page; no date, ever (N-5)."""

    parts: list[Part]
    language: str
    direction: str
    checked: Any
    told_by_family: bool
    told_by_helper: bool
    stars: int | None
    facts: list[dict[str, Any]]


def public_review(version: ReviewVersion, reviews_count: int) -> PublicReview:
    """Return what everyone may read of a version; under five reviews its words only (S-3)."""
    review = version.review
    has_five = reviews_count >= LEAST
    values = {answer.code: answer.value for answer in version.answers.all()} if has_five else {}
    return PublicReview(
        parts=[] if version.text_withheld else text_parts(version),
        language=review.language,
        direction=languages.direction(review.language),
        checked=review.get_checked_display(),
        told_by_family=review.told_by == Review.ToldBy.FAMILY,
        told_by_helper=review.told_by == Review.ToldBy.HELPER,
        stars=version.stars if has_five else None,
        facts=public_facts(values),
    )
