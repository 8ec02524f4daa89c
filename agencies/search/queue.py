"""The outbox of search: which agencies have to be written anew, and when that is done."""

import time
from collections.abc import Iterable, Mapping

from django.db import connection, transaction

from agencies.models import PendingIndex

# One statement on both databases: an insert and a later update would lose a mark that falls
# between them. A new row starts at the clock, so that no version is ever used twice.
_UPSERT = """
    INSERT INTO agencies_pendingindex (agency_id, version, attempts, next_try_at)
    VALUES (%s, %s, 0, NULL)
    ON CONFLICT (agency_id) DO UPDATE SET
        version = CASE WHEN excluded.version > agencies_pendingindex.version
            THEN excluded.version ELSE agencies_pendingindex.version + 1 END,
        attempts = 0,
        next_try_at = NULL
"""
_BATCH = 500


def mark_stale(agency_ids: Iterable[int]) -> None:
    """Have the search documents of these agencies written anew.

    Call it in the same ``atomic`` as the change: rolled back together, or kept together.
    """
    version = time.time_ns() // 1000
    # One order for everybody, so that two writers never wait for each other in a ring.
    rows = [(agency_id, version) for agency_id in sorted(set(agency_ids))]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(_UPSERT, rows)


def pending(limit: int | None = None) -> dict[int, int]:
    """Return the version of the mark by agency, oldest first."""
    marks = PendingIndex.objects.order_by("version", "pk").values_list("pk", "version")
    return dict(marks[:limit])


def settle(marks: Mapping[int, int]) -> int:
    """Take away the marks that were not renewed meanwhile, and return how many went."""
    by_version: dict[int, list[int]] = {}
    for agency_id, version in marks.items():
        by_version.setdefault(version, []).append(agency_id)
    gone = 0
    with transaction.atomic():
        for version, agency_ids in by_version.items():
            for start in range(0, len(agency_ids), _BATCH):
                batch = agency_ids[start : start + _BATCH]
                rows = PendingIndex.objects.filter(version=version, pk__in=batch)
                gone += rows.delete()[0]
    return gone
