"""Hiding spans of a text: people read [removed: name] where somebody marked a name. Pure."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

Span = tuple[int, int, str]  # start, end (characters, end excluded), kind


class Segment(NamedTuple):
    """A piece of a text; ``kind`` is empty where nothing was marked."""

    text: str
    kind: str


def merged(spans: Iterable[Sequence[object]], length: int) -> list[Span]:
    """Return spans inside a text of ``length`` characters, in order, none overlapping.

    Overlapping spans become one with the kind of the first: what was marked stays marked.
    """
    result: list[Span] = []
    for start, end, kind in sorted((int(str(s[0])), int(str(s[1])), str(s[2])) for s in spans):
        begin, stop = max(0, start), min(length, end)
        if begin >= stop:
            continue
        if result and begin < result[-1][1]:
            first = result[-1]
            result[-1] = (first[0], max(first[1], stop), first[2])
        else:
            result.append((begin, stop, kind))
    return result


def segments(text: str, spans: Iterable[Sequence[object]]) -> list[Segment]:
    """Cut a text at its spans; joining the pieces gives the text again."""
    pieces: list[Segment] = []
    at = 0
    for start, end, kind in merged(spans, len(text)):
        if at < start:
            pieces.append(Segment(text[at:start], ""))
        pieces.append(Segment(text[start:end], kind))
        at = end
    if at < len(text):
        pieces.append(Segment(text[at:], ""))
    return pieces


def redacted(
    text: str, spans: Iterable[Sequence[object]], replacement: Callable[[str], str]
) -> str:
    """Return the text as the public reads it, each span replaced by a word for its kind."""
    return "".join(
        replacement(piece.kind) if piece.kind else piece.text for piece in segments(text, spans)
    )
