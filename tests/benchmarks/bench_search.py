"""How fast the embedded search is: ``SIZES=10000,100000 python -m tests.benchmarks.bench_search``.

The task is that of docs/search.md: 0 to 3 filters, 1 to 3 words, the last one cut, one in six with
a typing error; first 20 hits, total, and counts of every facet. ``JSON=1`` adds one JSON line.
"""

import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import django

QUERIES = 600
CHECKED = 40  # queries held against the plain reading, on a sample of the agencies
SAMPLE = 1000
_SYLLABLES = "ka ri sa mo lu ne ti ba do ha ya shi ran gor mel tan vik pur jo en al us".split()
_COMMON = (
    *("overseas", "services", "international", "manpower", "star", "global", "human", "resources"),
    *("employment", "golden", "management", "gulf", "asia", "link", "consultancy", "travels"),
)


def documents(size: int, seed: int = 7) -> Iterator:
    """Yield fictional agencies with words as unevenly spread as in real lists."""
    from agencies.search.document import AgencyDocument

    chance = random.Random(seed)  # the same agencies every time
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(size // 4)]
    cities = ["".join(chance.choices(_SYLLABLES, k=3)).title() for _ in range(30)]
    statuses = ("valid", "expired", "revoked", "banned", "suspended", "delisted", "unknown")
    for pk in range(1, size + 1):
        own = [words[int(len(words) * chance.random() ** 2)] for _ in range(chance.randint(1, 2))]
        status = chance.choices(statuses, (60, 15, 8, 5, 4, 4, 4))[0]
        reviews = chance.choice((0, 0, 0, 2, 7, 30))
        yield AgencyDocument(
            pk=pk,
            name=" ".join([*own, *chance.sample(_COMMON, chance.randint(1, 3))]).title(),
            former_names=(chance.choice(words).title(),) if chance.random() < 0.1 else (),
            place=chance.choice(cities),
            numbers=(f"RL-{pk:05d}",),
            phones=(f"97714{pk:06d}",),
            calling_code="977",
            country=chance.choice(("np", "ph", "id", "ke", "ug", "hk", "sa", "bd", "lk", "pk")),
            status=status,
            tier={"valid": 0, "expired": 1, "unknown": 1}.get(status, 2),
            stars_shown=reviews > 5,
            low=chance.uniform(1, 4) if reviews > 5 else 0.0,
            reviews=reviews,
            newest_month=24300 + chance.randint(0, 20),
            destinations=tuple(chance.sample(("qa", "sa", "ae", "kw", "om", "my"), 2)),
        )


def questions(loaded: list, count: int, seed: int = 11) -> list:
    """Return the questions of the task about these agencies."""
    from agencies.search.query import AgencyQuery

    chance = random.Random(seed)  # the same questions every time
    asked = []
    for _ in range(count):
        words = chance.choice(loaded).name.lower().split()[: chance.randint(1, 3)]
        if chance.random() < 1 / 6:
            at = chance.randrange(len(words[0]))
            words[0] = words[0][:at] + chance.choice("aeiourst") + words[0][at + 1 :]
        words[-1] = words[-1][: max(3, len(words[-1]) - 2)]
        other = chance.choice(loaded)
        facets = {name: values[:1] for name, values in other.facets.items() if values}
        kept = chance.sample(sorted(facets), min(len(facets), chance.randint(0, 3)))
        asked.append(AgencyQuery(" ".join(words), {name: facets[name] for name in kept}))
    return asked


def measure(size: int, folder: Path) -> dict[str, float]:
    """Return the figures of one size."""
    from agencies.search.backends.embedded import EmbeddedBackend
    from agencies.search.query import AgencyQuery
    from tests.agencies.search.reference import ReferenceBackend

    loaded = list(documents(size))
    started = time.perf_counter()
    EmbeddedBackend(folder).rebuild(loaded)
    built = time.perf_counter() - started
    asked = questions(loaded, QUERIES)
    engine = EmbeddedBackend(folder)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    engine.has_value("country", "np")
    opened = time.perf_counter() - started
    for query in asked[:100]:
        engine.search(query)
    times = []
    for query in asked:
        started = time.perf_counter()
        engine.search(query)
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    sample = loaded[:SAMPLE]
    engine.rebuild(sample)
    plain = ReferenceBackend(sample)
    differences = 0
    for query in [*questions(sample, CHECKED), AgencyQuery()]:
        one, other = engine.search(query), plain.search(query)
        differences += (one.agency_ids, one.total, one.facet_counts) != (
            other.agency_ids,
            other.total,
            other.facet_counts,
        )
    return {
        "p50_ms": round(times[len(times) // 2], 3),
        "p95_ms": round(times[len(times) * 95 // 100], 3),
        "max_ms": round(times[-1], 3),
        "build_rows_s": round(size / built),
        "load_ms": round(opened * 1000, 2),
        "memory_mb": round(memory, 1),
        "differences": differences,
    }


def main() -> None:
    """Print a table, and one JSON line if asked."""
    sizes = [int(size) for size in os.environ.get("SIZES", "10000,100000").split(",")]
    figures = {}
    write = sys.stdout.write
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            figures[str(size)] = measure(size, Path(folder))
        write(f"embedded {size:>9}: {figures[str(size)]}\n")
    if os.environ.get("JSON") == "1":
        write(json.dumps({"embedded": figures}) + "\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recruitadvisor.settings.test")
    django.setup()
    main()
