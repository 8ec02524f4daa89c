"""What an author does: send a review, find it again by its code, withdraw it, erase it."""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.models import Agency
from recruitadvisor.core import audit
from reviews import figures, questions, receipts, screening, sealed, transitions, triage
from reviews.models import Answer, Decision, Review, ReviewVersion, SentForm

LONGEST_TEXT = 4000
HELD_FOR = timedelta(minutes=10)
_EARLIEST_DAYS = (2, 5)  # 48 h plus a random 0-72 h, kept as a day
_HELD = "held receipt"
_State = ReviewVersion.State


class SubmissionError(Exception):
    """A review that can't be stored as it is."""


class UnknownAgencyError(SubmissionError):
    """There is no such agency on the site."""


class ConsentMissingError(SubmissionError):
    """The author did not tick "publish my answers"."""


class NothingToldError(SubmissionError):
    """Not one question was answered that says anything about the agency (Q-R4)."""


class AnswerRefusedError(SubmissionError):
    """An answer that its question does not have."""


@dataclass(frozen=True)
class GivenAnswer:
    """One answer as a key; money also as amount and currency."""

    value: str
    amount: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True)
class ReviewDraft:
    """Everything an author sends at once."""

    agency_id: int
    told_by: str
    language: str
    answers: Mapping[str, GivenAnswer] = field(default_factory=dict)
    text: str = ""
    consent_publish: bool = False
    consent_case: bool = False
    consent_statistics: bool = False
    in_danger: bool = False
    not_before_on: date | None = None


@dataclass(frozen=True)
class Submitted:
    """A stored review and its code; the code is empty once it can't be shown again."""

    review_id: int
    code: str


def submit_review(
    *, draft: ReviewDraft, form_token: str, today: date, durable: bool = False
) -> Submitted:
    """Store a review with its receipt in one transaction; the same form twice stores one.

    ``durable=True`` asserts that this transaction is the outermost one, so that the code is
    never shown before the review is on disk (AC-D1). Raises a ``SubmissionError``.
    """
    _check(draft)
    if sent := _sent_before(form_token):
        return sent
    code = receipts.new_code()
    receipt_hash = receipts.hash_code(code)  # slow, so before the database is locked
    try:
        with transaction.atomic(durable=durable):
            review = _store(draft, receipt_hash, today)
            _hold(form_token, review, code, timezone.now())
    except IntegrityError:
        sent = _sent_before(form_token)  # the same form arrived twice at the same moment
        if sent is None:
            raise
        return sent
    return Submitted(review.pk, code)


def _check(draft: ReviewDraft) -> None:
    if not draft.consent_publish:
        raise ConsentMissingError
    if draft.told_by not in Review.ToldBy.values or len(draft.text) > LONGEST_TEXT:
        raise AnswerRefusedError
    for code, answer in draft.answers.items():
        question = questions.QUESTIONS.get(code)
        if question is None or not question.accepts(answer.value):
            raise AnswerRefusedError(code)
    if not questions.has_substance((code, given.value) for code, given in draft.answers.items()):
        raise NothingToldError
    if not Agency.objects.listed().filter(pk=draft.agency_id).exists():
        raise UnknownAgencyError


def _store(draft: ReviewDraft, receipt_hash: bytes, today: date) -> Review:
    given = {code: answer.value for code, answer in draft.answers.items()}
    stars = given.get("Q801", "")
    low, high = _EARLIEST_DAYS
    review = Review.objects.create(
        agency_id=draft.agency_id,
        receipt_hash=receipt_hash,
        told_by=draft.told_by,
        language=draft.language,
        consent_publish=draft.consent_publish,
        consent_case=draft.consent_case,
        consent_statistics=draft.consent_statistics,
        in_danger=draft.in_danger,
        not_before_on=draft.not_before_on,
    )
    version = ReviewVersion.objects.create(
        review=review,
        stars=int(stars) if stars.isdigit() else None,
        text=plain_text(draft.text),
        questionnaire=questions.VERSION,
        received_on=today,
        received_month=figures.month_of(today),
        earliest_on=today + timedelta(days=low + secrets.randbelow(high - low + 1)),
    )
    Answer.objects.bulk_create(
        Answer(
            version=version,
            code=code,
            value=answer.value,
            amount=answer.amount,
            currency=answer.currency,
        )
        for code, answer in draft.answers.items()
    )
    audit.record(
        action="review.received",
        object_kind="review_version",
        object_id=version.pk,
        actor_id=None,
        after={"state": _State.RECEIVED},
        by_author=True,
    )
    screen(version, given, in_danger=draft.in_danger)
    return review


def screen(version: ReviewVersion, given: Mapping[str, str], *, in_danger: bool) -> None:
    """Store what software noticed, and put the version into the queue (row 2 of trust.md 3.1)."""
    transitions.move(version_id=version.pk, to=_State.SCREENING, actor_id=None, by_author=True)
    transitions.move(
        version_id=version.pk,
        to=_State.QUEUED,
        actor_id=None,
        by_author=True,
        findings=screening.findings(version.text),
        flags=triage.flags(given, in_danger=in_danger),
    )


_KEPT_CONTROLS = frozenset("\n")
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def plain_text(text: str) -> str:
    """Return what the author typed without control signs and direction overrides.

    Joiners stay: many scripts need them.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(
        char
        for char in text
        if char in _KEPT_CONTROLS or (char >= " " and not "\x7f" <= char <= "\x9f")
        if char not in _OVERRIDES and not "\ud800" <= char <= "\udfff"
    ).strip()


# The receipt, held for ten minutes in case its page is lost on the way (AC-D2) ----------------
def _token_hash(form_token: str) -> bytes:
    return hashlib.sha256(b"form token\0" + form_token.encode()).digest()


def _hold(form_token: str, review: Review, code: str, now: datetime) -> None:
    """Keep the code under a key made of the token; the row tells the hour only, not the minute."""
    until = now + HELD_FOR
    content = f"{int(until.timestamp())} {code}".encode()
    SentForm.objects.create(
        token_hash=_token_hash(form_token),
        review=review,
        sealed_receipt=sealed.seal_bytes(_HELD, form_token, content),
        keep_until=until.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1),
    )
    forget_held_receipts(now)


def _sent_before(form_token: str) -> Submitted | None:
    form = SentForm.objects.filter(token_hash=_token_hash(form_token)).first()
    if form is None:
        return None
    if form.sealed_receipt is None:
        return Submitted(form.review_id, "")
    content = sealed.unseal_bytes(_HELD, form_token, bytes(form.sealed_receipt))
    until, code = content.decode().split(" ")
    still_held = int(until) >= timezone.now().timestamp()
    return Submitted(form.review_id, code if still_held else "")


def confirm_receipt(*, form_token: str) -> None:
    """Forget the held code: the author has it, and nobody can fetch it again."""
    SentForm.objects.filter(token_hash=_token_hash(form_token)).update(
        sealed_receipt=None, keep_until=None
    )


def forget_held_receipts(now: datetime) -> int:
    """Drop every held code whose time is over; called with each submission and each batch."""
    return SentForm.objects.filter(keep_until__lt=now).update(sealed_receipt=None, keep_until=None)


# Behind the code -----------------------------------------------------------------------------
def find_by_code(code: str) -> Review | None:
    """Return the review of a receipt; None for an unknown and for an erased one alike."""
    return (
        Review.objects.select_related("agency__country")
        .filter(receipt_hash=receipts.hash_code(code))
        .first()
    )


@transaction.atomic
def withdraw_review(*, review_id: int, today: date) -> bool:
    """Take every version of a review out of sight at once; False if nothing was left to take."""
    review = Review.objects.filter(pk=review_id).first()
    if review is None:
        return False
    gone = (_State.WITHDRAWN, _State.ERASED)
    moved = False
    for version in review.versions.exclude(state__in=gone).select_related("review"):
        moved = _withdraw(version, today) or moved
    return moved


def _withdraw(version: ReviewVersion, today: date) -> bool:
    """Move one version to withdrawn; a moderator who was faster only changes where from."""
    gone = (_State.WITHDRAWN, _State.ERASED)
    while version.state not in gone:
        if transitions.move(
            version_id=version.pk,
            to=_State.WITHDRAWN,
            actor_id=None,
            by_author=True,
            source=version.state,
            received_on=None,
            leased_by=None,
            leased_until=None,
        ):
            if version.state == _State.PUBLISHED:
                figures.remove_published(version, today=today)
            return True
        version.refresh_from_db()
    return False


@transaction.atomic
def erase_review(*, review_id: int, today: date) -> bool:
    """Withdraw a review and delete its words and answers; its code finds nothing any more.

    What stays is that a review once was: its states, who decided, and the month.
    """
    withdraw_review(review_id=review_id, today=today)
    review = Review.objects.filter(pk=review_id).first()
    if review is None:
        return False
    versions = review.versions.filter(state=_State.WITHDRAWN)
    Answer.objects.filter(version__review=review).delete()
    Decision.objects.filter(version__review=review).update(facts="")
    SentForm.objects.filter(review=review).delete()
    for version_id in versions.values_list("pk", flat=True):
        transitions.move(
            version_id=version_id,
            to=_State.ERASED,
            actor_id=None,
            by_author=True,
            text="",
            stars=None,
            redactions=[],
            findings=[],
            flags=[],
        )
    Review.objects.filter(pk=review_id).update(
        receipt_hash=secrets.token_bytes(32), in_danger=False, not_before_on=None
    )
    return True


def new_form_token() -> str:
    """Return the random name of one form, the same each time that form is sent."""
    return base64.urlsafe_b64encode(secrets.token_bytes(24)).decode("ascii")
