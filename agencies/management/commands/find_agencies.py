"""Show an operator what the search page would show."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from agencies.models import Agency, Standing
from agencies.search import search_agencies
from agencies.search.query import MOST_CHARACTERS, AgencyQuery, SearchResults

_MOST = 1000


class Command(BaseCommand):
    """``manage.py find_agencies QUERY``; ``-`` reads one query a line from standard input."""

    help = "Search agencies as the public page does."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the query and what narrows it."""
        parser.add_argument("query", help='what a reader would type, or "-" for one a line')
        parser.add_argument("--country", action="append", default=[], metavar="CC")
        parser.add_argument(
            "--status", action="append", default=[], choices=Standing.values, metavar="S"
        )
        parser.add_argument("--limit", type=int, default=20)
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Answer one query, or every line."""
        if not 1 <= options["limit"] <= _MOST:
            message = f"--limit is from 1 to {_MOST}"
            raise CommandError(message)
        facets = {
            "country": tuple(code.lower() for code in options["country"]),
            "status": tuple(options["status"]),
        }
        if options["query"] != "-":
            self._answer(options["query"], facets, options)
            return
        for line in sys.stdin:
            self._answer(line.rstrip("\r\n"), facets, options)

    def _answer(
        self, text: str, facets: dict[str, tuple[str, ...]], options: dict[str, Any]
    ) -> None:
        asked = AgencyQuery(text[:MOST_CHARACTERS], facets, page_size=options["limit"])
        results = search_agencies(asked)
        found = Agency.objects.listed().prefetch_related("licences").in_bulk(results.agency_ids)
        agencies = [
            {
                "pk": agency.pk,
                "name": agency.name,
                "country": agency.country_id,
                "status": agency.standing,
                "numbers": [each.number for each in agency.licences.all() if each.number],
            }
            for pk in results.agency_ids
            if (agency := found.get(pk))
        ]
        if options["as_json"]:
            answer = {
                "query": text,
                "total": results.total,
                "engine": results.engine,
                "ms": round(results.milliseconds, 3),
                "agencies": agencies,
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=True))
            self.stdout.flush()
        else:
            self._print(results, agencies)

    def _print(self, results: SearchResults, agencies: list[dict[str, Any]]) -> None:
        write = self.stdout.write
        write(f"{results.total} found, {results.engine}, {results.milliseconds:.1f} ms")
        if results.hidden_total:
            write(f"{results.hidden_total} more are not licensed today")
        for each in agencies:
            numbers = " ".join(each["numbers"])
            write(
                f"{each['pk']:>8}  {each['country']}  {each['status']:<18}  "
                f"{each['name']}  {numbers}"
            )
        for facet, counts in results.facet_counts.items():
            shown = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
            write(f"{facet}: " + ", ".join(f"{value} {number}" for value, number in shown[:20]))
        if results.suggestions:
            write("did you mean: " + " | ".join(results.suggestions))
