"""Authorities, agencies, their licences, and where each public fact came from."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from recruitadvisor.core.models import Country


class Standing(models.TextChoices):
    """What a licence amounts to today, in one word (licence-lists.md section 3)."""

    VALID = "valid", _("Licensed")
    VALID_EXTENDED = "valid_extended", _("Licensed, extended")
    VALID_PROVISIONAL = "valid_provisional", _("Licensed, new or provisional")
    EXPIRING = "expiring", _("Licence ends soon")
    UNDER_SURVEILLANCE = "under_surveillance", _("Under watch")
    SUSPENDED_PARTIAL = "suspended_partial", _("Suspended in part")
    SUSPENDED = "suspended", _("Suspended")
    SUSPENDED_ADMIN = "suspended_admin", _("Not in order")
    EXPIRED = "expired", _("Licence ended")
    RENEWAL_DENIED = "renewal_denied", _("Renewal refused")
    REVOKED = "revoked", _("Licence cancelled")
    DELISTED = "delisted", _("Removed from the list")
    BANNED = "banned", _("Banned")
    SURRENDERED = "surrendered", _("Licence given back")
    CEASED = "ceased", _("Stopped working")
    INACTIVE = "inactive", _("Inactive")
    NOT_ON_LIST = "not_on_list", _("No longer on the list")
    UNLISTED = "unlisted", _("Never on the list")
    UNKNOWN = "unknown", _("Not clear")


class Authority(models.Model):
    """A government body that licenses agencies and publishes the list of them."""

    code = models.SlugField(max_length=40, unique=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="authorities")
    name = models.CharField(_("name"), max_length=160)
    check_address = models.URLField(_("official check page"), blank=True)
    hotline = models.CharField(_("telephone"), max_length=40, blank=True)
    cadence_days = models.PositiveSmallIntegerField(_("days between lists"), default=31)

    objects: ClassVar[models.Manager["Authority"]] = models.Manager()

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")

    def __str__(self) -> str:
        return self.name


class AgencyQuerySet(models.QuerySet["Agency"]):
    def listed(self) -> Self:
        """What any visitor may see, through every exit."""
        return self.filter(is_listed=True)

    def with_licences(self) -> Self:
        """With what a result row and an answer card need, in a fixed number of queries."""
        return self.select_related("country").prefetch_related(
            models.Prefetch(
                "licences", queryset=Licence.objects.select_related("authority", "list_version")
            ),
            "names",
        )


class Agency(models.Model):
    """A recruitment agency, or one licensed place of it where its authority lists places.

    ``standing`` and ``tier`` are the best current licence as of ``standing_on``, kept for search;
    the figures are written by ``reviews.services`` and follow rating.md.
    """

    class Kind(models.TextChoices):
        UNKNOWN = "unknown", _("Not stated")
        ORIGIN = "origin", _("Sends workers")
        DESTINATION = "destination", _("Receives workers")
        BOTH = "both", _("Sends and receives workers")
        MANNING = "manning", _("Seafarers")
        CONTRACTOR = "contractor", _("Contractor")

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="agencies")
    name = models.CharField(_("name"), max_length=300)
    native_name = models.CharField(_("name in its own script"), max_length=300, blank=True)
    name_key = models.CharField(max_length=300, db_index=True)  # identity.name_key(name)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.UNKNOWN)
    city = models.CharField(_("city or district"), max_length=120, blank=True)
    website = models.CharField(_("website"), max_length=300, blank=True)
    is_listed = models.BooleanField(_("shown to visitors"), default=True)

    standing = models.CharField(max_length=20, choices=Standing, default=Standing.UNKNOWN)
    tier = models.PositiveSmallIntegerField(default=1)  # 0 licensed today, 1 unclear, 2 not
    standing_on = models.DateField(null=True)

    reviews_count = models.PositiveIntegerField(default=0)
    stars_shown = models.BooleanField(default=False)
    rating_mean = models.FloatField(null=True)
    rating_low = models.FloatField(null=True)
    rating_high = models.FloatField(null=True)
    rating_label = models.CharField(max_length=10, default="unknown")
    promise_kept = models.PositiveIntegerField(default=0)  # Q501 yes, last 36 months
    promise_answers = models.PositiveIntegerField(default=0)  # Q501 yes and no
    paid_above = models.PositiveIntegerField(default=0)  # fee verdict above
    paid_answers = models.PositiveIntegerField(default=0)  # fee verdict nothing, within, above
    destinations = models.JSONField(default=list)  # country codes with at least five reviews
    newest_review_month = models.PositiveIntegerField(null=True)  # 12 * year + month - 1

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = (
            models.CheckConstraint(condition=Q(tier__range=(0, 2)), name="tier_0_to_2"),
            models.CheckConstraint(
                condition=Q(promise_kept__lte=models.F("promise_answers")),
                name="promise_kept_within_answers",
            ),
        )
        indexes = (models.Index(fields=("country", "name_key")),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the public page in the language in use."""
        return reverse("agencies:agency", kwargs={"pk": self.pk, "slug": self.slug})

    @property
    def slug(self) -> str:
        """The name as it stands in the address; "agency" where no Latin letter is left."""
        return slugify(self.name)[:80] or "agency"


class AgencyName(models.Model):
    """Another name of an agency: former, trade, native or short, or a rename to be confirmed."""

    class Kind(models.TextChoices):
        FORMER = "former", _("Former name")
        TRADE = "trade", _("Trade name")
        NATIVE = "native", _("Name in its own script")
        SHORT = "short", _("Short name")
        PROPOSED = "proposed", _("New name, not yet confirmed")

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(max_length=300)
    key = models.CharField(max_length=300, db_index=True)
    kind = models.CharField(max_length=10, choices=Kind)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("agency", "text", "kind"), name="name_kept_once"),
        )

    def __str__(self) -> str:
        return self.text


class Office(models.Model):
    """An address of an agency with its phones and e-mails; private ones are matched, not shown."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="offices")
    address = models.CharField(max_length=600, blank=True)
    phones = models.JSONField(default=list)  # as printed
    phone_keys = models.JSONField(default=list)  # international digits without the plus
    emails = models.JSONField(default=list)
    is_private = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "is_private"), name="one_office_record_of_each_kind"
            ),
        )

    def __str__(self) -> str:
        return self.address


class ListVersion(models.Model):
    """One release of an authority's list: the file, its date, and what became of it."""

    class State(models.TextChoices):
        CHECKED = "checked", _("Checked")
        HELD = "held", _("Waits for a second person")
        LIVE = "live", _("Live")
        REPLACED = "replaced", _("Replaced by a newer list")
        REVERTED = "reverted", _("Taken back")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="lists")
    source = models.SlugField(max_length=40)
    kind = models.CharField(max_length=20, default="licence")
    number = models.PositiveIntegerField()
    source_date = models.DateField(_("date of the list"))
    sha256 = models.CharField(max_length=64)
    content_sha256 = models.CharField(max_length=64)  # of the mapped rows, in a fixed order
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State)
    is_partial = models.BooleanField(default=False)
    profile_sha256 = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField()
    summary = models.JSONField(default=dict)  # counts and tripwires of the plan
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("source", "number"), name="list_number_used_once"),
            models.UniqueConstraint(
                fields=("source",), condition=Q(state="live"), name="one_live_list_of_a_source"
            ),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.source_date}"


class Licence(models.Model):
    """What one authority's live list says today about one agency.

    ``standing`` is the mapped word; the effective standing also looks at ``expires_on``.
    ``mapped`` holds the row's mapped fields, so that the next list is compared like with like.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="licences")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="licences")
    list_version = models.ForeignKey(ListVersion, on_delete=models.PROTECT, related_name="licences")
    number = models.CharField(_("licence number"), max_length=120, blank=True)
    number_key = models.CharField(max_length=120, blank=True, db_index=True)
    licence_class = models.CharField(max_length=300, blank=True)
    issued_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    standing = models.CharField(max_length=20, choices=Standing)
    status_raw = models.CharField(max_length=200, blank=True)  # official words; empty by presence
    status_since = models.DateField(null=True)
    status_until = models.DateField(null=True)
    scope = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    row_key = models.CharField(max_length=400, db_index=True)  # identity within its authority
    mapped = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=("authority", "row_key")),)

    def __str__(self) -> str:
        return f"{self.agency} {self.number}"


class LicenceStatus(models.Model):
    """One statement of a list about a licence, in the order it was made. Only added."""

    licence = models.ForeignKey(Licence, on_delete=models.CASCADE, related_name="history")
    list_version = models.ForeignKey(ListVersion, null=True, on_delete=models.PROTECT)
    standing = models.CharField(max_length=20, choices=Standing)
    status_raw = models.CharField(max_length=200, blank=True)
    expires_on = models.DateField(null=True)
    since = models.DateField()  # the date of the list, or of the typed change
    until = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("since", "pk")

    def __str__(self) -> str:
        return f"{self.standing} since {self.since}"


class LicenceRow(models.Model):
    """One raw row of one list version, exactly as read: every public fact leads here."""

    version = models.ForeignKey(ListVersion, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()  # 1 is the first line of the file or sheet
    licence = models.ForeignKey(Licence, null=True, on_delete=models.SET_NULL, related_name="rows")
    raw = models.JSONField()
    findings = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("version", "line"), name="line_of_a_list_once"),
        )

    def __str__(self) -> str:
        return f"line {self.line}"


class FeeRule(models.Model):
    """The most a worker may be asked to pay. Without ``checked_on`` it is never shown or used."""

    origin = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="+")
    destination = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="+")
    occupation = models.CharField(max_length=20, blank=True)
    maximum = models.DecimalField(max_digits=12, decimal_places=2)  # 0 is "nothing"
    currency = models.CharField(max_length=3)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True, blank=True)
    source = models.URLField()
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(maximum__gte=0), name="fee_maximum_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.maximum} {self.currency}"


class PendingIndex(models.Model):
    """An agency whose search document is out of date; drained by ``sync_search``.

    ``version`` grows with every mark, so that a mark made while draining is not lost.
    """

    agency_id = models.BigIntegerField(primary_key=True)
    version = models.PositiveBigIntegerField(default=1)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"agency {self.agency_id}"
