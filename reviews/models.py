"""Reviews with their versions, answers and decisions, and the figures made of them."""

import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency


def random_key() -> int:
    """Return a key that tells nothing about order or time: 1 to 2**53 - 1."""
    return secrets.randbelow(2**53 - 1) + 1


class Review(models.Model):
    """What one person told about one agency. Nothing here says who or when, finer than a month."""

    class ToldBy(models.TextChoices):
        SELF = "self", _("I went with this agency")
        APPLYING = "applying", _("I am applying now")
        FAMILY = "family", _("My family member went")
        HELPER = "helper", _("I am helping someone")

    class Checked(models.IntegerChoices):
        NOT = 0, _("not checked")
        ANSWERED = 1, _("the worker answered our question")
        MET = 2, _("a union or outreach worker met the worker")
        DOCUMENT = 3, _("a document was seen")

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="reviews")
    receipt_hash = models.BinaryField(max_length=32, unique=True)
    told_by = models.CharField(max_length=10, choices=ToldBy)
    language = models.CharField(max_length=10)  # of the text
    checked = models.PositiveSmallIntegerField(choices=Checked, default=Checked.NOT)
    consent_publish = models.BooleanField()
    consent_case = models.BooleanField(default=False)
    consent_statistics = models.BooleanField(default=False)
    consent_version = models.PositiveSmallIntegerField(default=1)
    in_danger = models.BooleanField(default=False)
    not_before_on = models.DateField(null=True)  # the author's own wish
    first_published_month = models.PositiveIntegerField(null=True)  # 12 * year + month - 1

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(checked__range=(0, 3)), name="checked_0_to_3"),
            models.CheckConstraint(
                condition=Q(consent_publish=True), name="author_agreed_to_publish"
            ),
        )

    def __str__(self) -> str:
        return f"review {self.pk}"


class ReviewVersionQuerySet(models.QuerySet["ReviewVersion"]):
    def public(self) -> Self:
        """What any visitor may read, through every exit: page, feed, search, export, sitemap."""
        return self.filter(state=ReviewVersion.State.PUBLISHED, review__agency__is_listed=True)

    def awaiting_decision(self) -> Self:
        """Danger first, then the oldest day, random within the day."""
        return self.filter(
            state__in=(ReviewVersion.State.QUEUED, ReviewVersion.State.IN_REVIEW)
        ).order_by("-review__in_danger", "received_on", "queue_place", "pk")


class ReviewVersion(models.Model):
    """One wording of a review; it alone has a state (trust.md 3.1, ``reviews/states.py``)."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        SCREENING = "screening", _("Being checked by software")
        QUEUED = "queued", _("Waiting for a person")
        IN_REVIEW = "in_review", _("Being read")
        NEEDS_INFO = "needs_info", _("Question for the author")
        APPROVED = "approved", _("Approved, waiting for its batch")
        PUBLISHED = "published", _("Published")
        SUSPENDED = "suspended", _("Under check")
        REJECTED = "rejected", _("Not published")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        ERASED = "erased", _("Erased")

    OPEN = ("received", "screening", "queued", "in_review", "needs_info", "approved")

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVED)
    stars = models.PositiveSmallIntegerField(null=True)  # Q801
    text = models.TextField(max_length=4000, blank=True)  # Q803, sealed from the public until read
    redactions = models.JSONField(default=list)  # [[start, end, kind], ...] in characters of text
    text_withheld = models.BooleanField(default=False)  # approved without its text
    questionnaire = models.PositiveSmallIntegerField(default=1)
    received_on = models.DateField(null=True)  # only until the decision, then None
    received_month = models.PositiveIntegerField()  # 12 * year + month - 1
    earliest_on = models.DateField()  # 48 h plus a random 0-72 h after submission, as a day
    queue_place = models.BigIntegerField(default=random_key)
    leased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    leased_until = models.DateTimeField(null=True)
    flags = models.JSONField(default=list)  # triage flags, review-form.md section 5
    findings = models.JSONField(default=list)  # screening: [{kind, start, end, level, rule}]
    published_month = models.PositiveIntegerField(null=True)

    objects = ReviewVersionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("review", "number"), name="version_number_once"),
            models.UniqueConstraint(
                fields=("review",),
                condition=Q(state="published"),
                name="one_published_version",
            ),
            models.UniqueConstraint(
                fields=("review",),
                condition=Q(
                    state__in=(
                        "received",
                        "screening",
                        "queued",
                        "in_review",
                        "needs_info",
                        "approved",
                    )
                ),
                name="one_open_version",
            ),
            models.CheckConstraint(
                condition=Q(stars=None) | Q(stars__range=(1, 5)), name="stars_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=(
                        "received",
                        "screening",
                        "queued",
                        "in_review",
                        "needs_info",
                        "approved",
                        "published",
                        "suspended",
                        "rejected",
                        "withdrawn",
                        "erased",
                    )
                ),
                name="state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="erased") | Q(text="", stars=None), name="erased_leaves_no_text"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_month__isnull=False),
                name="published_has_its_month",
            ),
        )
        indexes = (models.Index(fields=("state", "received_on", "queue_place")),)

    def __str__(self) -> str:
        return f"{self.review_id} version {self.number}"


class Answer(models.Model):
    """One answer, as keys; amounts also as number and currency (review-form.md Q-R9, Q-R10)."""

    version = models.ForeignKey(ReviewVersion, on_delete=models.CASCADE, related_name="answers")
    code = models.CharField(max_length=8)  # Q201, R1 ...
    value = models.CharField(max_length=40)  # a key: yes, dont_know, 1-5, "2025-2" ...
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("version", "code"), name="question_answered_once"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.value}"


class Decision(models.Model):
    """What a person decided about a version, and the statement of reasons. Only added."""

    class Outcome(models.TextChoices):
        APPROVE = "approve", _("Approve")
        APPROVE_WITHOUT_TEXT = "approve_without_text", _("Approve without the text")
        REJECT = "reject", _("Do not publish")

    class Reason(models.TextChoices):
        NONE = "", _("no restriction")
        PRIVATE_PERSON = "private_person", _("It names or identifies a private person.")
        REVEALS_AUTHOR = "reveals_author", _("It could reveal who wrote it.")
        CONTACT_OR_LINK = "contact_or_link", _("It contains contact details or links.")
        THREAT_OR_HATE = "threat_or_hate", _("It contains a threat, hate or obscenity.")
        OTHER_AGENCY = "other_agency", _("It is not about this agency.")
        NOT_EXPERIENCE = "not_experience", _("It is not the writer's own or known experience.")
        ADVERTISING = "advertising", _("It is advertising, or written by the agency.")
        DUPLICATE = "duplicate", _("The same story was sent before.")
        IMPOSSIBLE_FACTS = (
            "impossible_facts",
            _("The facts can't be true, and our question was not answered."),
        )
        LEGAL_ORDER = "legal_order", _("A court or an authority ordered it.")
        SAFETY = "safety", _("It puts the writer or someone else in danger.")

    version = models.ForeignKey(ReviewVersion, on_delete=models.CASCADE, related_name="decisions")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=20, choices=Outcome)
    reason_code = models.CharField(max_length=20, choices=Reason, blank=True)
    facts = models.TextField(blank=True)  # what was relied on; read by the author
    found_by_software = models.BooleanField(default=False)
    checklist = models.JSONField(default=dict)
    decided_on = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(outcome="reject") | ~Q(reason_code=""), name="rejection_has_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.outcome} {self.version_id}"


class Tally(models.Model):
    """Published reviews of an agency per star, by publication month and checked or not (AC-R1)."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="tallies")
    month = models.PositiveIntegerField()  # 12 * year + month - 1
    is_verified = models.BooleanField()
    n1 = models.PositiveIntegerField(default=0)
    n2 = models.PositiveIntegerField(default=0)
    n3 = models.PositiveIntegerField(default=0)
    n4 = models.PositiveIntegerField(default=0)
    n5 = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "month", "is_verified"), name="tally_cell_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency_id} {self.month}"


class Score(models.Model):
    """A cache of ``rating.score(tally, month)`` with the version of its constants (AC-R1, R2)."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="score")
    mean = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    weight = models.FloatField()
    n = models.PositiveIntegerField()
    months = models.PositiveIntegerField()
    label = models.CharField(max_length=10)
    config_version = models.PositiveSmallIntegerField()
    computed_month = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.mean:.1f} of 5"


class SentForm(models.Model):
    """A form that was sent, so that sending it again stores nothing and finds the lost answer.

    The receipt is sealed under a key made from the form's own token, for ten minutes (AC-D2).
    """

    token_hash = models.BinaryField(max_length=32, primary_key=True)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="+")
    sealed_receipt = models.BinaryField(null=True)
    keep_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"form of {self.review_id}"
