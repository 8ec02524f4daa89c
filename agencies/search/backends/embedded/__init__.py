"""The default search engine (stack.md, "Embedded search")."""

from agencies.search.backends.embedded.backend import EmbeddedBackend

__all__ = ["EmbeddedBackend"]
