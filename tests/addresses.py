"""Every address of the site, as the resolver knows it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

LANGUAGE = "{language}/"


class Address(NamedTuple):
    """One address: its whole route, its full name, and whether it has parts to fill in."""

    route: str
    name: str
    has_parts: bool


def addresses() -> list[Address]:
    """Return every address, the language written as ``{language}/``."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = prefix + _text(pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, route, inner)
        else:
            parts = "<" in route or "(" in route or "[" in route
            yield Address(route, f"{namespace}{pattern.name or ''}", parts)


def _text(pattern: URLPattern | URLResolver) -> str:
    if isinstance(pattern.pattern, LocalePrefixPattern):
        return LANGUAGE
    text: Any = pattern.pattern
    return str(text).removeprefix("^").removesuffix("$")


def plain(route: str, language: str) -> str:
    """Return the address a browser would ask for, of a route without parts."""
    return "/" + route.replace(LANGUAGE, f"{language}/")
