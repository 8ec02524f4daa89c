"""Writing many rows at once, in pieces that fit into memory."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models

from agencies.models import Agency, Licence, Office

CHUNK = 2_000  # objects held at a time; the database splits them further by itself

T = TypeVar("T")


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Yield lists of at most ``size`` items."""
    items = iter(items)
    while chunk := list(islice(items, size)):
        yield chunk


def overwrite(
    model: type[Agency] | type[Licence] | type[Office],
    objects: Iterable[Agency | Licence | Office],
    fields: Sequence[str],
) -> None:
    """Update many rows in one statement each hundred; ``bulk_update`` takes ten times as long."""
    model._default_manager.bulk_create(
        list(objects),  # type: ignore[arg-type]
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=list(fields),
    )


def write_rows(
    model: type[models.Model], fields: Sequence[str], values: Iterable[Sequence[Any]]
) -> None:
    """Insert plain values whose keys nobody asks for; an object for each row takes five times."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)
    statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608  # own names only
    with connection.cursor() as cursor:
        for chunk in chunks(values):
            cursor.executemany(statement, chunk)
