"""The index follows the database, and search answers whatever became of the files."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from agencies.models import Agency, PendingIndex
from agencies.search import AgencyQuery, backend, search_agencies
from agencies.search.drift import find_drift
from agencies.search.queue import mark_stale, pending, settle
from recruitadvisor.core.models import Country

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SEARCH_DIR = tmp_path / "search"
    monkeypatch.setattr("os.fsync", lambda _descriptor: None)


def make(name: str, **fields: object) -> Agency:
    """Return a listed, licensed agency of Nepal."""
    country, _ = Country.objects.get_or_create(pk="np", defaults={"name": "Nepal"})
    values = {"country": country, "name": name, "standing": "valid", "tier": 0} | fields
    return Agency.objects.create(**values)


def run(*words: str) -> str:
    """Return what a command prints."""
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_after_sync_the_index_equals_the_database() -> None:
    one, two = make("Golden Star"), make("Quiet Valley")
    run("rebuild_search")
    Agency.objects.filter(pk=one.pk).update(name="Silver Star")
    Agency.objects.filter(pk=two.pk).update(is_listed=False)
    mark_stale([one.pk, two.pk])

    run("sync_search")

    assert find_drift(backend()).agency_ids == ()
    assert search_agencies(AgencyQuery("silver")).agency_ids == (one.pk,)
    assert search_agencies(AgencyQuery("quiet")).total == 0
    assert not PendingIndex.objects.exists()
    assert "Nothing" in run("sync_search")


def test_a_mark_made_while_draining_is_not_lost() -> None:
    mark_stale([1, 2])
    marks = pending()
    mark_stale([2])

    assert settle(marks) == 1
    assert list(pending()) == [2]


def test_marks_grow_and_roll_back_with_the_change() -> None:
    mark_stale([7])
    before = pending()[7]
    mark_stale(iter([7, 7]))
    assert pending()[7] > before

    with transaction.atomic():
        mark_stale([8])
        transaction.set_rollback(True)  # Django's own signature
    assert list(pending()) == [7]


def test_drift_is_named_healed_and_gone() -> None:
    agency = make("Golden Star")
    run("rebuild_search")
    Agency.objects.filter(pk=agency.pk).update(city="Pokhara")
    other = make("Quiet Valley")

    with pytest.raises(CommandError) as raised:
        run("check_search")
    assert raised.value.returncode == 1
    assert "drift 2" in str(raised.value)

    healed = run("check_search", "--heal")
    assert str(other.pk) in healed
    assert "drift 0" in healed
    assert "drift 0" in run("check_search")


@pytest.mark.parametrize("harm", ["none", "pointer", "cut", "gone"])
def test_search_answers_from_the_database_where_the_index_cannot_be_read(
    settings: object, harm: str
) -> None:
    agency = make("Golden Star")
    if harm != "none":
        run("rebuild_search")
        folder = Path(settings.SEARCH_DIR)
        generation = folder / (folder / "current").read_text()
        if harm == "pointer":
            (folder / "current").write_text("../../etc")
        elif harm == "cut":
            (generation / "words.keys.npy").write_bytes(b"\x93NUMPY")
        else:
            (generation / "pks.npy").unlink()

    answer = search_agencies(AgencyQuery("golden"))

    assert answer.engine == "simple"
    assert answer.agency_ids == (agency.pk,)
    assert search_agencies(AgencyQuery()).total == 1
    run("rebuild_search")
    assert search_agencies(AgencyQuery("golden")).engine == "embedded"


def test_a_worker_sees_a_new_generation_before_its_next_search(settings: object) -> None:
    make("Golden Star")
    run("rebuild_search")
    assert search_agencies(AgencyQuery("golden")).total == 1
    make("Golden Lake")

    for _ in range(4):
        run("rebuild_search")

    assert search_agencies(AgencyQuery("golden")).total == 2
    assert len(list(Path(settings.SEARCH_DIR).glob("generation-*"))) == 2


def test_find_agencies_answers_one_line_for_each_query(monkeypatch: pytest.MonkeyPatch) -> None:
    agency = make("Golden Star")
    make("Quiet Valley", standing="banned", tier=2)
    run("rebuild_search")
    monkeypatch.setattr("sys.stdin", io.StringIO("golden\n\nzzqx\n\x00\n"))

    lines = [json.loads(line) for line in run("find_agencies", "-", "--json").splitlines()]

    assert [line["total"] for line in lines] == [1, 1, 0, 2]
    assert set(lines[0]) == {"query", "total", "engine", "ms", "agencies"}
    assert lines[0]["agencies"] == [
        {"pk": agency.pk, "name": "Golden Star", "country": "np", "status": "valid", "numbers": []}
    ]
    assert "Quiet Valley" in run("find_agencies", "quiet", "--status", "banned")
