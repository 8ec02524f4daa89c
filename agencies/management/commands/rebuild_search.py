"""Write the whole search index anew."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from agencies.search import backend
from agencies.search.queue import pending, settle


class Command(BaseCommand):
    """``manage.py rebuild_search``: searches go on meanwhile, and see the new index at once."""

    help = "Write the whole search index anew and swap it in."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Marks made before reading began are settled by the rebuild."""
        started = time.perf_counter()
        marks = pending()
        total = backend().rebuild()
        settle(marks)
        self.stdout.write(f"{total} agencies in {time.perf_counter() - started:.1f} s.")
