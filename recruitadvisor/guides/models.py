"""Pages of the guides: one tree per language, a page published only with its sources."""

from typing import Any, ClassVar, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Locale, Page
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField
from wagtail_localize.models import Translation

from recruitadvisor import languages
from recruitadvisor.guides.blocks import GuideBody, SourceBlock


class LanguagePage(Page):
    """A page that knows which language its text is in."""

    allowed_http_methods: ClassVar[list[str]] = ["GET", "HEAD"]

    class Meta:
        abstract = True

    @property
    def text_language(self) -> str:
        """Return the language of the text: an alias still holds the text of its source."""
        page = self.alias_of if self.alias_of_id else self
        return str(page.locale.language_code)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the language of the text, and whether it is not the reader's."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["text_language"] = self.text_language
        context["text_direction"] = languages.direction(self.text_language)
        context["is_in_another_language"] = self.text_language != get_language()
        return context


class HomePage(LanguagePage):
    """The root of one language's tree. Its address is answered by the search home page."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["guides.GuideSection"]
    preview_modes: ClassVar[list[tuple[str, str]]] = []

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the home page of the reader's language."""
        del request, args, kwargs
        return HttpResponseRedirect(f"/{get_language() or settings.LANGUAGE_CODE}/")


class GuideLink(NamedTuple):
    """A guide in a list, with its address in the reader's frame."""

    guide: "GuidePage"
    url: str
    direction: str


class GuideSection(LanguagePage):
    """A list of guides, such as everything at /en/guides/."""

    intro = models.CharField(_("introduction"), max_length=240, blank=True)

    parent_page_types: ClassVar[list[str]] = ["guides.HomePage"]
    subpage_types: ClassVar[list[str]] = ["guides.GuidePage"]
    template = "guides/section.html"
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("intro")]
    override_translatable_fields: ClassVar[list[Any]] = [SynchronizedField("slug")]

    class Meta:
        verbose_name = _("list of guides")
        verbose_name_plural = _("lists of guides")

    def guides(self) -> list["GuidePage"]:
        """Return the guides in order; one not yet translated stands in its source language."""
        source = self.source_section()
        here = GuidePage.objects.child_of(self).live().select_related("locale", "alias_of__locale")
        translated = {guide.translation_key: guide for guide in here}
        if source is None:
            return list(translated.values())
        originals = GuidePage.objects.child_of(source).live().select_related("locale")
        guides = [translated.pop(page.translation_key, page) for page in originals]
        return [*guides, *translated.values()]

    def links(self) -> list[GuideLink]:
        """Return the guides with addresses in the language of the reader, not of the text."""
        return [
            GuideLink(
                guide=guide,
                url=reverse("wagtail_serve", args=(f"{self.slug}/{guide.slug}/",)),
                direction=languages.direction(guide.text_language),
            )
            for guide in self.guides()
        ]

    @classmethod
    def for_reader(cls) -> "GuideSection | None":
        """Return the list of guides in the reader's language, else in the source language."""
        sections = {
            section.locale.language_code: section
            for section in cls.objects.live().select_related("locale")
        }
        return sections.get(get_language()) or sections.get(settings.LANGUAGE_CODE)

    def source_section(self) -> "GuideSection | None":
        """Return this list in the source language, or nothing if this is it."""
        source = Locale.get_default()
        if source.pk == self.locale_id:
            return None
        section: GuideSection | None = (
            GuideSection.objects.live()
            .filter(translation_key=self.translation_key, locale=source)
            .first()
        )
        return section

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a guide here, else the same guide in the source language (J-EDITOR-5)."""
        try:
            return super().route(request, path_components)
        except Http404:
            source = self.source_section()
            if source is None or len(path_components) != 1:
                raise
            return source.route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the guides, each with its address in the reader's frame."""
        context = super().get_context(request, *args, **kwargs)
        context["guides"] = self.links()
        return context


class GuidePage(LanguagePage):
    """One guide. What its constraints ask is asked at publication; a draft may lack it."""

    body = StreamField(GuideBody(), verbose_name=_("body"))
    kept_by = models.CharField(
        _("owner"), max_length=120, help_text=_("Who answers for this page and keeps it right.")
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True)
    review_by = models.DateField(_("review by"), null=True)
    sources = StreamField(
        [("source", SourceBlock())], min_num=1, verbose_name=_("sources"), collapsed=True
    )

    parent_page_types: ClassVar[list[str]] = ["guides.GuideSection"]
    subpage_types: ClassVar[list[str]] = []
    template = "guides/guide.html"
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("kept_by"),
                FieldPanel("reviewed_on"),
                FieldPanel("review_by"),
                FieldPanel("sources"),
            ],
            heading=_("Who, when and from where"),
        ),
    ]
    # One address and one set of sources in every language.
    override_translatable_fields: ClassVar[list[Any]] = [
        SynchronizedField("slug"),
        SynchronizedField("sources"),
    ]

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    @property
    def is_overdue(self) -> bool:
        """Say whether the day this guide should have been reviewed has passed."""
        return self.review_by is not None and self.review_by < timezone.localdate()

    def clean(self) -> None:
        """Refuse impossible days; of a public page also an empty part or half a translation."""
        super().clean()
        if self.reviewed_on and self.review_by and self.review_by <= self.reviewed_on:
            raise ValidationError({"review_by": _("Choose a day after the last review.")})
        if not self.live:
            return
        # Wagtail asks for these in its form only; a page can also be published without the form.
        if not self.body:
            raise ValidationError({"body": _("Write something before publishing.")})
        if not self.sources:
            raise ValidationError({"sources": _("Name at least one source before publishing.")})
        if self.missing_translations():
            raise ValidationError(
                _("Translate every part before publishing: a page is never half in one language.")
            )

    def missing_translations(self) -> int:
        """Return how many texts of this page an open translation still lacks (N-26)."""
        translation = Translation.objects.filter(
            source__object_id=self.translation_key, target_locale_id=self.locale_id, enabled=True
        ).first()
        if translation is None:
            return 0
        total, translated = translation.get_progress()
        return int(total - translated)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the other guides, so that every page has a next step."""
        context = super().get_context(request, *args, **kwargs)
        section = self.get_parent().specific.localized
        context["guides"] = [
            link for link in section.links() if link.guide.translation_key != self.translation_key
        ]
        return context
