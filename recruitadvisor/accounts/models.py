"""Staff: users of one realm, and the roles they hold for a country or an authority."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users, who sign in by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make a user of the desk unless ``realm`` says editor."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make an administrator of the machine; holds no daily role (AC-S9)."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """Someone who works for the site. Readers and reviewers have no account."""

    class Realm(models.TextChoices):
        DESK = "desk", _("Desk")
        EDITOR = "editor", _("Editor of guides")

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    realm = models.CharField(_("realm"), max_length=10, choices=Realm, default=Realm.DESK)
    spoken_languages = models.CharField(
        _("languages read"), max_length=80, blank=True, help_text=_("Codes, split by commas.")
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(realm__in=("desk", "editor")), name="user_has_one_realm"
            ),
        )

    def __str__(self) -> str:
        return self.get_full_name() or self.email


class Role(models.Model):
    """What a desk user may do, for one country; an officer and a steward for one authority."""

    class Kind(models.TextChoices):
        MODERATOR = "moderator", _("Moderator")
        LEAD = "lead", _("Lead")
        OFFICER = "officer", _("Government officer")
        STEWARD = "steward", _("Data steward")
        CASEWORKER = "caseworker", _("Caseworker")
        ADMINISTRATOR = "administrator", _("Administrator")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles"
    )
    kind = models.CharField(_("role"), max_length=20, choices=Kind)
    country = models.ForeignKey(
        "core.Country", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    authority_code = models.CharField(_("authority"), max_length=40, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "kind", "country", "authority_code"), name="role_given_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="officer") | ~models.Q(authority_code=""),
                name="officer_has_one_authority",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=("moderator", "lead", "caseworker"))
                | models.Q(country__isnull=False),
                name="reader_of_reviews_has_one_country",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.user}"
