"""Two languages made of English, to see what was not marked for translation."""

import re
from html.parser import HTMLParser
from pathlib import Path

import polib

ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ",
)
ARABIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهابتثجحخدذرزسشصضطظعغفقكلمنه",
)
# What must stay as it is: placeholders, tags, entities.
KEPT = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w*\}|</?[a-zA-Z][^>]*>|&\w+;")
TABLES = {"en_XA": ACCENTED, "ar_XB": ARABIC}


def pseudo(text: str, table: dict[int, int]) -> str:
    """Return a text one third longer, in letters that no English word has."""
    pieces, start = [], 0
    for kept in KEPT.finditer(text):
        pieces += [text[start : kept.start()].translate(table), kept.group()]
        start = kept.end()
    pieces.append(text[start:].translate(table))
    longer = "".join(pieces)
    newline = "\n" if longer.endswith("\n") else ""
    return longer.removesuffix("\n") + "·" * (len(text) // 3) + newline


def write_catalogues(source: Path, folder: Path) -> None:
    """Write a compiled catalogue for each pseudo-language from the messages of ``source``."""
    for locale, table in TABLES.items():
        catalogue = polib.POFile()
        catalogue.metadata = {
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": "nplurals=2; plural=(n != 1);",
        }
        for entry in polib.pofile(source):
            if entry.obsolete:
                continue
            made = polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt)
            if entry.msgid_plural:
                made.msgid_plural = entry.msgid_plural
                made.msgstr_plural = {
                    0: pseudo(entry.msgid, table),
                    1: pseudo(entry.msgid_plural, table),
                }
            else:
                made.msgstr = pseudo(entry.msgid, table)
            catalogue.append(made)
        target = folder / locale / "LC_MESSAGES"
        target.mkdir(parents=True)
        catalogue.save_as_mofile(target / "django.mo")


class VisibleText(HTMLParser):
    """Collects what a reader sees or hears of a page, names and foreign texts left out."""

    SILENT = frozenset({"script", "style", "bdi", "code", "svg", "symbol"})
    VOID = frozenset(
        "area base br col embed hr img input link meta source track wbr use path".split()
    )
    SPOKEN = frozenset({"alt", "title", "placeholder", "aria-label"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        foreign = tag != "html" and ("lang" in given or given.get("translate") == "no")
        if tag not in self.VOID and (self._silent or tag in self.SILENT or foreign):
            self._silent.append(tag)
        if self._silent:
            return
        self.texts += [value for name, value in attrs if name in self.SPOKEN and value]
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self.texts.append(given.get("value") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.VOID or tag not in self.SILENT:
            self.handle_starttag(tag, attrs)
            if tag not in self.VOID and self._silent:
                self._silent.pop()

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag in self._silent:
            while self._silent.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def plain_words(page: str) -> set[str]:
    """Return the words of a page that are written in plain English letters."""
    reader = VisibleText()
    reader.feed(page)
    words = re.findall(r"[^\W\d_]+", " ".join(reader.texts))
    return {word for word in words if len(word) > 1 and word.isascii()}
