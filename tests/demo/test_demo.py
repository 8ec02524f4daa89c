"""The demonstration: fictional, the same every time, and never beside real data."""

import random
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from agencies.models import Agency, ListVersion
from recruitadvisor.accounts.models import User
from recruitadvisor.demo import lists, load
from reviews.models import ReviewVersion

TODAY = date(2026, 11, 22)


def _lists() -> list[lists.Release]:
    return list(lists.releases(today=TODAY, rng=random.Random(1)))


def test_the_lists_are_the_same_every_time() -> None:
    assert _lists() == _lists()


def test_there_are_three_lists_for_each_of_six_countries_and_about_400_agencies() -> None:
    releases = _lists()

    assert Counter(release.country.code for release in releases) == dict.fromkeys(
        ("np", "ph", "id", "ke", "sa", "hk"), 3
    )
    assert 380 <= sum(len(release.rows) for release in releases[2::3]) <= 420


def test_a_list_is_a_file_with_one_line_for_each_agency(tmp_path: Path) -> None:
    release = _lists()[0]

    lines = release.write(tmp_path).read_text(encoding="utf-8").splitlines()

    assert len(lines) == len(release.rows) + 1


@pytest.mark.django_db
def test_it_is_refused_where_debug_is_off(settings) -> None:
    settings.DEBUG = False

    with pytest.raises(CommandError, match="DEBUG"):
        call_command("load_demo")

    assert not settings.DEMONSTRATION_MARK.exists()


@pytest.mark.django_db
def test_it_is_refused_beside_other_data(settings, tmp_path: Path) -> None:
    settings.DEBUG = True
    settings.DEMONSTRATION_MARK = tmp_path / "demonstration"
    User.objects.create_user("someone@example.org")

    with pytest.raises(load.DemonstrationError, match="empty"):
        load.load(today=TODAY)


@pytest.mark.django_db
def test_a_small_load_holds_every_state_and_marks_the_site(settings, tmp_path: Path) -> None:
    settings.DEBUG = True
    settings.DATA_DIR = tmp_path
    settings.DEMONSTRATION_MARK = tmp_path / "demonstration"
    settings.SEARCH_DIR = tmp_path / "search"
    settings.ARCHIVE_DIR = tmp_path / "archive"

    sign_ins = load.load(today=timezone.localdate(), share=0.2)

    assert load.is_complete()
    assert len(sign_ins) == 4
    assert {one.keys.password for one in sign_ins} != {""}
    assert ListVersion.objects.count() == 18
    assert {"valid", "suspended", "revoked", "expired", "unknown"} <= set(
        Agency.objects.values_list("standing", flat=True)
    )
    states = set(ReviewVersion.objects.values_list("state", flat=True))
    assert states >= {
        "queued", "in_review", "needs_info", "approved", "published", "suspended", "rejected",
        "withdrawn",
    }  # fmt: skip
    assert Agency.objects.filter(stars_shown=True).exists()
