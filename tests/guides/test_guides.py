"""Guides as readers meet them: in three languages, whole, dated, light and without a cookie."""

import gzip
from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringTranslation, Translation

from recruitadvisor.guides import starter
from recruitadvisor.guides.models import GuidePage, GuideSection, HomePage
from recruitadvisor.guides.starter import load_guides, read_content

pytestmark = pytest.mark.django_db

LANGUAGES = ["en", "ne", "ar"]
SLUGS = [
    "before-you-pay-anyone",
    "reading-a-contract",
    "what-to-keep",
    "spot-a-fake",
    "when-something-is-wrong",
]
# "This page is not yet in your language.", as a Nepali reader reads it.
NOTICE = "यो पृष्ठ तपाईंको भाषामा अहिले छैन।"


@pytest.fixture
def all_guides() -> None:
    load_guides(side_by_side=False)


@pytest.fixture
def guides(monkeypatch) -> None:
    """Load two guides in each language: enough for a rule, and quicker than five."""

    def two_guides(language):
        section, found = read_content(language)
        return section, found[:2]

    monkeypatch.setattr(starter, "read_content", two_guides)
    load_guides(side_by_side=False)


def english(slug: str = SLUGS[0]) -> GuidePage:
    return GuidePage.objects.get(slug=slug, locale__language_code="en")


def test_the_list_and_every_core_guide_open_in_each_language(client: Client, all_guides):
    for language, slug in product(LANGUAGES, SLUGS):
        section = client.get(f"/{language}/guides/")
        assert section.status_code == 200
        address = f"/{language}/guides/{slug}/"
        assert address in section.content.decode()
        page = client.get(address)
        html = page.content.decode()
        guide = GuidePage.objects.get(slug=slug, locale__language_code=language)
        assert page.status_code == 200
        assert guide.title in html
        assert f'<article class="flow" lang="{language}"' in html
        assert "not yet in your language" not in html


def test_a_guide_states_its_owner_sources_and_days(client: Client, all_guides):
    for language, slug in product(LANGUAGES, SLUGS):
        guide = GuidePage.objects.get(slug=slug, locale__language_code=language)

        html = client.get(f"/{language}/guides/{slug}/").content.decode()

        assert guide.kept_by in html
        assert guide.sources[0].value["url"] in html
        assert guide.review_by - guide.reviewed_on == timedelta(days=365)
        assert "2026" in html
        assert "2027" in html


def test_guides_are_light_and_set_no_cookie(client: Client, all_guides):
    paths = ("guides/", *(f"guides/{slug}/" for slug in SLUGS), "help/", "help/?country=np")
    for language, path in product(LANGUAGES, paths):
        answer = client.get(f"/{language}/{path}")

        assert len(gzip.compress(answer.content)) <= 13_000
        assert not answer.cookies
        assert answer["Cache-Control"].startswith("public")


def test_a_guide_without_translation_is_shown_whole_in_the_source_language(client, guides):
    GuidePage.objects.get(slug=SLUGS[0], locale__language_code="ne").delete()

    html = client.get(f"/ne/guides/{SLUGS[0]}/").content.decode()

    assert '<html lang="ne"' in html
    assert NOTICE in html
    assert '<article class="flow" lang="en" dir="ltr"' in html
    assert english().title in html


def test_the_list_names_an_untranslated_guide_in_its_own_language(client, guides):
    GuidePage.objects.get(slug=SLUGS[0], locale__language_code="ar").delete()

    html = client.get("/ar/guides/").content.decode()

    assert f'<li lang="en" dir="ltr">\n<h3><a href="/ar/guides/{SLUGS[0]}/">' in html


def test_an_unpublished_translation_falls_back_to_the_source(client, guides):
    GuidePage.objects.get(slug=SLUGS[0], locale__language_code="ne").unpublish()

    html = client.get(f"/ne/guides/{SLUGS[0]}/").content.decode()

    assert '<article class="flow" lang="en"' in html


def test_a_copy_that_waits_for_its_translation_is_marked_as_english(client, guides):
    """wagtail-localize fills a tree with aliases: pages of one tree with the text of another."""
    nepali = GuidePage.objects.get(slug=SLUGS[0], locale__language_code="ne")
    nepali.delete()
    section = GuideSection.objects.get(locale__language_code="ne")
    english().create_alias(parent=section, update_locale=Locale.objects.get(language_code="ne"))

    html = client.get(f"/ne/guides/{SLUGS[0]}/").content.decode()

    assert '<article class="flow" lang="en"' in html
    assert NOTICE in html


def test_a_guide_nobody_wrote_is_not_found(client, guides):
    assert client.get("/ne/guides/no-such-guide/").status_code == 404
    assert client.get(f"/ne/guides/{SLUGS[0]}/deeper/").status_code == 404


def test_language_links_keep_the_guide(client, guides):
    html = client.get(f"/en/guides/{SLUGS[1]}/").content.decode()

    assert f'href="/ne/guides/{SLUGS[1]}/"' in html
    assert f'href="/ar/guides/{SLUGS[1]}/"' in html


def test_an_overdue_guide_says_so(client, guides):
    GuidePage.objects.filter(pk=english().pk).update(
        reviewed_on=date(2020, 1, 1), review_by=date(2021, 1, 1)
    )

    html = client.get(f"/en/guides/{SLUGS[0]}/").content.decode()

    assert "This guide was due to be checked by 1 January 2021." in html
    assert "was due" not in client.get(f"/en/guides/{SLUGS[1]}/").content.decode()


def test_a_guide_that_lacks_what_makes_it_checkable_is_not_published(guides):
    empty = {"kept_by": "", "reviewed_on": None, "review_by": None, "sources": [], "body": []}
    for field, value in empty.items():
        draft = english()
        setattr(draft, field, value)

        with pytest.raises(ValidationError) as refused:
            draft.save_revision(clean=False).publish()

        assert list(refused.value.message_dict) == [field]
        assert getattr(english(), field)


def test_a_draft_may_lack_its_sources(guides):
    section = GuideSection.objects.get(locale__language_code="en")
    draft = GuidePage(title="Draft", slug="draft", live=False)

    section.add_child(instance=draft)

    assert not GuidePage.objects.get(slug="draft").live


def test_a_review_day_before_the_review_is_refused(guides):
    guide = english()
    guide.review_by = guide.reviewed_on

    with pytest.raises(ValidationError, match="Choose a day after"):
        guide.full_clean()


def test_half_a_translation_is_not_published():
    load_guides()
    nepali = GuidePage.objects.get(slug=SLUGS[0], locale__language_code="ne")
    translation = Translation.objects.get(
        source__object_id=nepali.translation_key, target_locale=nepali.locale
    )
    total, translated = translation.get_progress()
    assert total == translated > 20  # the starter texts stand side by side
    translation.save_target(publish=True)
    StringTranslation.objects.filter(locale=nepali.locale).first().delete()

    with pytest.raises(ValidationError, match="never half in one language"):
        translation.save_target(publish=True)

    nepali.refresh_from_db()
    assert nepali.live
    assert nepali.title == "कसैलाई पैसा तिर्नुअघि"


def test_pages_stand_only_where_they_belong():
    assert HomePage.allowed_subpage_models() == [GuideSection]
    assert GuideSection.allowed_subpage_models() == [GuidePage]
    assert GuidePage.allowed_parent_page_models() == [GuideSection]
    assert GuidePage.allowed_subpage_models() == []


def test_loading_twice_changes_nothing_and_keeps_an_editors_words(guides, capsys):
    guide = english()
    guide.title = "Changed by an editor"
    guide.save_revision().publish()
    pages = Page.objects.count()

    call_command("load_guides")

    assert "0 made, 0 refreshed, 6 kept" in capsys.readouterr().out
    assert Page.objects.count() == pages
    assert english().title == "Changed by an editor"


def test_refresh_puts_back_the_text_of_the_files(guides):
    guide = english()
    guide.title = "Changed by an editor"
    guide.save_revision().publish()

    load_guides(refresh=True, side_by_side=False)

    assert english().title == "Before you pay anyone"


def test_the_site_stands_on_the_english_tree(guides):
    site = Site.objects.get(is_default_site=True)

    assert site.root_page.specific == HomePage.objects.get(locale__language_code="en")
    assert Page.objects.filter(depth=2).count() == 3


def test_translations_are_tied_to_their_original(all_guides):
    for slug in SLUGS:
        keys = set(GuidePage.objects.filter(slug=slug).values_list("translation_key", flat=True))
        assert len(keys) == 1


def test_guide_editors_may_publish_guides_and_enter_the_admin(guides, django_user_model):
    from django.contrib.auth.models import Group

    editor = django_user_model.objects.create_user("editor@example.org", realm="editor")
    editor.groups.add(Group.objects.get(name="Guide editors"))

    permissions = english().permissions_for_user(editor)

    assert editor.has_perm("wagtailadmin.access_admin")
    assert permissions.can_edit()
    assert permissions.can_publish()
    assert not Page.get_first_root_node().permissions_for_user(editor).can_add_subpage()


def test_nothing_that_fetches_or_runs_is_installed(settings):
    for app in ("wagtail.embeds", "wagtail.contrib.forms", "wagtail.contrib.redirects"):
        assert app not in settings.INSTALLED_APPS
    assert "wagtail.contrib.simple_translation" not in settings.INSTALLED_APPS
    features = GuidePage.body.field.stream_block.child_blocks["text"].features
    assert set(features) <= {"h2", "h3", "h4", "bold", "ol", "ul", "link"}
