"""Reference tables every part may use, and the audit trail."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Country(models.Model):
    """A country by its two-letter code in small letters (ISO 3166-1), named in every language."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    currency = models.CharField(_("currency"), max_length=3, blank=True)  # ISO 4217
    calling_code = models.CharField(_("calling code"), max_length=4, blank=True)  # without the plus
    is_origin = models.BooleanField(_("workers leave from here"), default=False)
    is_destination = models.BooleanField(_("workers go there"), default=False)

    objects: ClassVar[models.Manager["Country"]] = models.Manager()

    class Meta:
        ordering = ("name",)
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return self.name


class HelpContact(models.Model):
    """A number a worker can call in one country, with what a caller has to know first."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="help_contacts")
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=40)
    hours = models.CharField(_("hours"), max_length=80, blank=True)
    spoken = models.CharField(_("languages"), max_length=120, blank=True)
    is_free = models.BooleanField(_("free of charge"), null=True)
    source = models.URLField(_("source"))
    checked_on = models.DateField(_("checked on"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("country", "position", "pk")

    def __str__(self) -> str:
        return f"{self.name} ({self.phone})"


class AuditEvent(models.Model):
    """One act of a person or of the site: who, what, on which object, and why. Only added.

    ``month`` alone is kept for what an author did (AC-A5); for staff ``happened_at`` is kept.
    """

    action = models.CharField(max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    happened_at = models.DateTimeField(null=True)
    month = models.PositiveIntegerField()  # 12 * year + month - 1

    class Meta:
        indexes = (models.Index(fields=("object_kind", "object_id")),)

    def __str__(self) -> str:
        return f"{self.action} {self.object_kind} {self.object_id}"
