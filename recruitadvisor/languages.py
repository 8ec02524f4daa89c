"""The one list of languages: code, own name, direction, and whether readers are offered it."""

from typing import NamedTuple


class Language(NamedTuple):
    """One language of the site; ``live`` only when every text on the public pages exists in it."""

    code: str
    own_name: str
    direction: str = "ltr"
    live: bool = True


LANGUAGES = (
    Language("en", "English"),
    Language("ne", "नेपाली"),
    Language("ar", "العربية", "rtl"),
)

# Made in tests from English, to find unmarked strings and layouts that break (style.md 8.1).
PSEUDO_LANGUAGES = (
    Language("en-xa", "[Ëñĝļîšĥ]", live=False),
    Language("ar-xb", "[Ɐɹɐbıɔ]", "rtl", live=False),
)


def live() -> tuple[Language, ...]:
    """Return the languages offered to readers, in the order of the picker."""
    return tuple(language for language in LANGUAGES if language.live)


def direction(code: str) -> str:
    """Return ``ltr`` or ``rtl`` for a language code, ``ltr`` when it is unknown."""
    for language in (*LANGUAGES, *PSEUDO_LANGUAGES):
        if language.code == code:
            return language.direction
    return "ltr"
