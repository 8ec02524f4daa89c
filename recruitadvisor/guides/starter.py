"""Puts the core guides into the page trees, one tree per language, and lets editors work on them.

The texts lie under content/: guides.toml says which guides there are and where their facts
come from, and each language has a folder with one file for each guide.
"""

import tomllib
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
)
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from recruitadvisor.guides.models import GuidePage, GuideSection, HomePage

CONTENT_DIR = Path(__file__).parent / "content"
GROUP_NAME = "Guide editors"
SECTION_SLUG = "guides"
_PAGE_ACTIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
_IMAGE_ACTIONS = ("add_image", "change_image", "choose_image")


@dataclass(frozen=True)
class Starter:
    """One guide in one language, as it lies in the files."""

    slug: str
    title: str
    summary: str
    body: Sequence[dict[str, Any]]
    sources: Sequence[dict[str, Any]]
    reviewed_on: date
    review_by: date


@dataclass
class Loaded:
    """What one run did, in pages."""

    created: int = 0
    refreshed: int = 0
    kept: int = 0
    originals: list[GuidePage] = field(default_factory=list)


def read_content(language: str) -> tuple[dict[str, str], list[Starter]]:
    """Return the list page's texts and the guides of one language; KeyError if a text lacks."""
    plan = _read(CONTENT_DIR / "guides.toml")
    folder = CONTENT_DIR / language
    guides = []
    for entry in plan["guides"]:
        text = _read(folder / f"{entry['slug']}.toml")
        guides.append(
            Starter(
                slug=entry["slug"],
                title=text["title"],
                summary=text["summary"],
                body=text["body"],
                sources=[plan["sources"][key] for key in entry["sources"]],
                reviewed_on=plan["reviewed_on"],
                review_by=plan["review_by"],
            )
        )
    return _read(folder / "section.toml"), guides


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@transaction.atomic
def load_guides(*, refresh: bool = False, side_by_side: bool = True) -> Loaded:
    """Make missing trees, lists and guides in every language, the group and its permissions.

    A page that exists is left as its editor wrote it, unless ``refresh`` asks for the files' text.
    Without ``side_by_side`` the translators' view is not filled, which takes most of the time.
    """
    loaded = Loaded()
    homes = [
        _load_language(code, loaded, refresh=refresh)
        for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES
    ]
    if side_by_side:
        _set_side_by_side(loaded.originals)
    _set_up_group(homes)
    return loaded


def _set_side_by_side(originals: Sequence[GuidePage]) -> None:
    """Give the translators each text beside its source, field by field (J-EDITOR-4).

    The blocks of a guide bear the same ids in every language, so equal paths are equal places.
    Only for originals written in this run: of others the translation may no longer be true.
    """
    for original in originals:
        source, _made = TranslationSource.update_or_create_from_instance(original)
        source.refresh_segments()
        segments = source.stringsegment_set.select_related("context").order_by("order")
        for page in original.get_translations().filter(alias_of=None).select_related("locale"):
            texts = _texts_by_path(page)
            Translation.objects.get_or_create(source=source, target_locale=page.locale)
            StringTranslation.objects.bulk_create(
                (
                    StringTranslation(
                        translation_of_id=segment.string_id,
                        context_id=segment.context_id,
                        locale=page.locale,
                        data=texts[segment.context.path].pop(0),
                        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                    )
                    for segment in segments
                    if texts[segment.context.path]
                ),
                update_conflicts=True,
                unique_fields=("locale", "translation_of", "context"),
                update_fields=("data",),
            )


def _texts_by_path(page: GuidePage) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = defaultdict(list)
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            texts[segment.path].append(segment.string.data)
    return texts


def _load_language(code: str, loaded: Loaded, *, refresh: bool) -> HomePage:
    locale, _made = Locale.objects.get_or_create(language_code=code)
    texts, guides = read_content(code)
    home = _home(locale, texts["home_title"])
    section = _section(home, texts)
    for starter in guides:
        page = GuidePage.objects.child_of(section).filter(slug=starter.slug).first()
        if page is None:
            page = GuidePage(slug=starter.slug, locale=locale, live=False)
            _follow_original(page)
            _fill(page, starter, owner=texts["owner"])
            section.add_child(instance=page)
            page.save_revision().publish()
            loaded.created += 1
            _remember_original(page, loaded)
        elif refresh:
            _fill(page, starter, owner=texts["owner"])
            page.save_revision().publish()
            loaded.refreshed += 1
            _remember_original(page, loaded)
        else:
            loaded.kept += 1
    return home


def _remember_original(page: GuidePage, loaded: Loaded) -> None:
    if page.locale.language_code == settings.LANGUAGE_CODE:
        loaded.originals.append(page)


def _follow_original(page: GuidePage) -> None:
    """Tie a new page to the same guide in the source language, which is loaded first."""
    original = GuidePage.objects.filter(
        slug=page.slug, locale__language_code=settings.LANGUAGE_CODE
    ).first()
    if original is not None:
        page.translation_key = original.translation_key


def _fill(page: GuidePage, starter: Starter, *, owner: str) -> None:
    page.title = page.draft_title = starter.title
    page.search_description = starter.summary
    page.kept_by = owner
    page.reviewed_on = starter.reviewed_on
    page.review_by = starter.review_by
    page.body = [_block(starter.slug, index, raw) for index, raw in enumerate(starter.body)]
    page.sources = [{"type": "source", "value": source} for source in starter.sources]


def _block(slug: str, index: int, raw: dict[str, Any]) -> dict[str, Any]:
    """Return one block as Wagtail stores it.

    Its id depends on its place only, so that it is the same block in every language.
    """
    kind = raw["kind"]
    if kind in {"short_answer", "text"}:
        value: Any = raw["text" if kind == "short_answer" else "html"].strip()
    elif kind == "steps":
        value = {
            "heading": raw["heading"],
            "steps": [_item(slug, f"{index}/{at}", step) for at, step in enumerate(raw["steps"])],
        }
    else:
        value = {
            side: [_item(slug, f"{index}/{side}/{at}", line) for at, line in enumerate(raw[side])]
            for side in ("do", "dont")
        }
    return {"type": kind, "value": value, "id": _id(slug, str(index))}


def _item(slug: str, place: str, value: Any) -> dict[str, Any]:
    return {"type": "item", "value": value, "id": _id(slug, place)}


def _id(slug: str, place: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"guides/{slug}/{place}"))


def _home(locale: Locale, title: str) -> HomePage:
    """Return the root of one language's tree; the source language's is the root of the site."""
    home: HomePage | None = HomePage.objects.filter(locale=locale).first()
    if home is None:
        original = HomePage.objects.filter(locale=Locale.get_default()).first()
        home = HomePage(title=title, slug=f"home-{locale.language_code}", locale=locale)
        if original is not None:
            home.translation_key = original.translation_key
        Page.get_first_root_node().add_child(instance=home)
    if locale.language_code == settings.LANGUAGE_CODE:
        _anchor_site(home)
    return home


def _anchor_site(home: HomePage) -> None:
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname or "localhost",
            "port": port,
            "root_page": home,
            "site_name": settings.SITE_NAME,
        },
    )
    # Wagtail's own first page has no type of ours and nothing below it.
    for page in Page.objects.filter(depth=2, content_type__model="page", numchild=0):
        page.delete()


def _section(home: HomePage, texts: dict[str, str]) -> GuideSection:
    section: GuideSection | None = GuideSection.objects.child_of(home).first()
    if section is None:
        section = GuideSection(
            title=texts["title"], slug=SECTION_SLUG, intro=texts["intro"], locale=home.locale
        )
        original = GuideSection.objects.filter(locale=Locale.get_default()).first()
        if original is not None:
            section.translation_key = original.translation_key
        home.add_child(instance=section)
        section.save_revision().publish()
    return section


def _set_up_group(homes: Sequence[HomePage]) -> None:
    """Let guide editors into the admin, to the guides and their pictures, and nowhere else."""
    group, _made = Group.objects.get_or_create(name=GROUP_NAME)
    group.permissions.add(
        *Permission.objects.filter(
            content_type__app_label__in=("wagtailadmin", "wagtail_localize"),
            codename__in=("access_admin", "submit_translation"),
        )
    )
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=_PAGE_ACTIONS
    ):
        for home in homes:
            GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailimages", codename__in=_IMAGE_ACTIONS
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
