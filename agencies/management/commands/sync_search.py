"""Bring the search index in step with what was marked stale."""

import random
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import F
from django.utils import timezone

from agencies.models import PendingIndex
from agencies.search import SearchUnavailableError, backend
from agencies.search.queue import pending, settle

_LONGEST_WAIT_SECONDS = 300
_MOST_DOUBLINGS = 8


class Command(BaseCommand):
    """``manage.py sync_search``: drain the outbox; safe to run at any time and twice."""

    help = "Write the search documents of agencies that changed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write first and forget the marks after, so that no change is ever lost."""
        marks = pending()
        if not marks:
            self.stdout.write("Nothing is waiting.")
            return
        try:
            backend().sync(marks.keys())
        except (SearchUnavailableError, OSError) as error:
            _try_later(marks)
            message = f"The search index could not be written: {error}"
            raise CommandError(message) from error
        settled = settle(marks)
        self.stdout.write(f"{settled} agencies written, {len(marks) - settled} marked again.")


def _try_later(marks: dict[int, int]) -> None:
    """Note the attempt; the wait doubles up to five minutes, with jitter (trust.md AC-D15)."""
    attempts = PendingIndex.objects.filter(pk__in=list(marks)[:1]).values_list(
        "attempts", flat=True
    )
    doublings = min(attempts.first() or 0, _MOST_DOUBLINGS)
    wait = min(2**doublings, _LONGEST_WAIT_SECONDS) * random.uniform(0.5, 1)  # noqa: S311  # jitter
    next_try_at = timezone.now() + timedelta(seconds=wait)
    PendingIndex.objects.update(attempts=F("attempts") + 1, next_try_at=next_try_at)
