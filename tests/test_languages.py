"""Catalogues are whole, and no sentence of a public page escapes translation."""

import calendar
import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from agencies.models import Agency
from recruitadvisor.core.models import Country
from tests.pseudo import plain_words, write_catalogues
from tests.world import make_world

LOCALE = Path(settings.BASE_DIR) / "locale"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z][^>]*>")
PSEUDO = ("en-xa", "ar-xb")
# Staff read English for now; their strings are marked, and wait for translation.
STAFF = re.compile(
    r"templates/(desk|account|mfa)/|recruitadvisor/(accounts|desk|demo)/"
    r"|reviews/(desk|moderation)|agencies/(imports|management)/|agencies/models"
    r"|recruitadvisor/guides/(models|blocks|wagtail_hooks|starter|management)"
    r"|recruitadvisor/core/models"
)
# Words that are names or signs in every language.
NAMES = frozenset(
    "Recruitment Advisor SMS PDF CSV WhatsApp IMO Facebook Telegram ILO km kB GPG AGPL".split()
)


def _id(path: Path) -> str:
    return path.parent.parent.name


def test_every_live_language_has_a_catalogue() -> None:
    live = {code for code, _name in settings.LANGUAGES} - {"en"}

    assert {_id(path) for path in CATALOGUES} >= live


@pytest.mark.parametrize("path", CATALOGUES, ids=_id)
def test_a_live_language_is_whole(path: Path) -> None:
    catalogue = polib.pofile(path)

    missing = [
        entry.msgid
        for entry in catalogue.untranslated_entries()
        if not all(STAFF.match(place) for place, _line in entry.occurrences)
    ]
    assert missing == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=_id)
def test_placeholders_and_tags_are_the_same_in_every_language(path: Path) -> None:
    wrong = []
    for entry in polib.pofile(path):
        sources = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        for pattern in (PLACEHOLDER, TAG):
            allowed = [sorted(pattern.findall(source)) for source in sources]
            # A plural form for exactly one or two may say the number in words.
            fewer = [
                [name for name in found if name not in {"%(count)d", "%(count)s", "%(number)s"}]
                for found in allowed
            ]
            good = allowed + (fewer if entry.msgid_plural else [])
            wrong += [text for text in texts if text and sorted(pattern.findall(text)) not in good]

    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES, ids=_id)
def test_a_translation_keeps_the_digits_of_licence_examples_and_has_no_stray_space(
    path: Path,
) -> None:
    stray = [
        entry.msgid
        for entry in polib.pofile(path)
        if entry.msgstr
        and entry.msgstr != entry.msgstr.strip()
        and entry.msgid.strip() == entry.msgid
    ]

    assert stray == []


@pytest.fixture
def pseudo_languages(tmp_path: Path, settings: Settings) -> None:
    if not CATALOGUES:
        pytest.fail("no catalogue; run make messages")
    write_catalogues(CATALOGUES[0], tmp_path)
    settings.LOCALE_PATHS = [str(tmp_path), *settings.LOCALE_PATHS]
    settings.LANGUAGES = [*settings.LANGUAGES, *((code, code) for code in PSEUDO)]


def _data_words(agency: Agency) -> set[str]:
    """Return the words that are data: names of places, offices and months."""
    texts = [agency.name, agency.city, "Office of Tests", "Valid", *calendar.month_name]
    texts += [*calendar.month_abbr, *Country.objects.values_list("name", flat=True)]
    texts += [*Country.objects.values_list("code", flat=True)]
    texts += [*Country.objects.values_list("currency", flat=True)]
    words = set(re.findall(r"[^\W\d_]+", " ".join(texts)))
    return words | NAMES | {name.upper() for name in words}


@pytest.mark.django_db
@pytest.mark.usefixtures("pseudo_languages")
@pytest.mark.parametrize("language", PSEUDO)
@pytest.mark.parametrize(
    "page",
    [
        "",
        "agencies/",
        "agencies/?q=Everest",
        "agencies/?q=qqqqqq",
        "agencies/?status=nonsense&page=x",
        "agency",
        "method/",
        "help/",
        "review/",
        "review/?agency=",
        "code/",
        "no-such-page/",
    ],
)
def test_every_sentence_of_a_public_page_is_marked(language: str, page: str) -> None:
    agency = make_world().agency
    path = f"/{language}/{page}"
    if page == "agency":
        path = agency.get_absolute_url().replace("/en/", f"/{language}/", 1)
    elif page.endswith("agency="):
        path += str(agency.pk)

    response = Client().get(path, follow=True)

    assert response.status_code in {200, 404}
    shown = response.content.decode()
    assert f'lang="{language}"' in shown
    assert f'dir="{"rtl" if language == "ar-xb" else "ltr"}"' in shown
    typed = set(re.findall(r"[a-z]+", page))
    unmarked = plain_words(shown) - _data_words(agency) - typed
    assert {word for word in unmarked if not word.startswith("zqx")} == set()
