"""Rules of the house that no linter knows (CONTRIBUTING.md)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = ("agencies", "recruitadvisor", "reviews")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def modules() -> Iterator[Path]:
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def offences(paths: list[Path], pattern: str, allowed: frozenset[str] = frozenset()) -> list[str]:
    """Return ``path:line: text`` of every line that matches and is not in an allowed file."""
    wrong = re.compile(pattern)
    found = []
    for path in paths:
        name = path.relative_to(ROOT).as_posix()
        if name in allowed:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if wrong.search(line):
                found.append(f"{name}:{number}: {line.strip()}")
    return found


def test_no_text_is_declared_safe() -> None:
    in_code = r"\bmark_safe\b|\bSafeString\(|\bSafeText\b|\.is_safe\b"

    assert offences(list(modules()), in_code) == []
    assert offences(TEMPLATES, r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off") == []


def test_no_view_is_exempt_from_the_form_token() -> None:
    assert offences(list(modules()), r"csrf_exempt|xframe_options_exempt") == []


def test_an_address_of_a_visitor_is_read_by_the_limiter_only() -> None:
    addresses = r"REMOTE_ADDR|X_FORWARDED_FOR|X-Forwarded-For|HTTP_FORWARDED"
    limiter = frozenset({"recruitadvisor/core/limiter.py", "reviews/limiter.py"})

    assert offences(list(modules()), addresses, limiter) == []


def test_the_environment_is_read_in_one_module() -> None:
    entries = frozenset(
        {"recruitadvisor/settings/env.py", "recruitadvisor/wsgi.py"}  # wsgi names the settings
    )

    assert offences(list(modules()), r"os\.environ|os\.getenv|\bgetenv\(", entries) == []


def test_translated_sentences_are_formatted_outside_and_by_name() -> None:
    inside = r"\b(_|gettext|gettext_lazy|ngettext|ngettext_lazy|pgettext)\(\s*f[\"']"
    # A sign written %s or %d has no name, so a translator cannot move it.
    anonymous = r"\b(_|gettext|gettext_lazy|ngettext|ngettext_lazy)\(\s*[\"'][^\"']*%[sd]"

    assert offences(list(modules()), inside) == []
    assert offences(list(modules()), anonymous) == []


def test_templates_hold_no_inline_style_or_script() -> None:
    inline = r"\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*[\"']|<script\b(?![^>]*\bsrc=)|javascript:"

    assert offences(TEMPLATES, inline) == []


def test_templates_load_nothing_from_elsewhere() -> None:
    foreign = r"(src|srcset|action|poster)\s*=\s*[\"'](https?:)?//|<link[^>]+href=[\"'](https?:)?//"

    assert offences(TEMPLATES, foreign) == []


def test_comments_of_templates_are_not_sent_to_readers() -> None:
    assert offences(TEMPLATES, r"<!--") == []


def test_long_sentences_of_templates_are_trimmed_for_translators() -> None:
    assert offences(TEMPLATES, r"{%-?\s*blocktranslate\b(?![^%]*\btrimmed\b)") == []
    assert offences(TEMPLATES, r"{%\s*(trans|blocktrans)\s") == []


def test_styles_name_sides_by_reading_direction() -> None:
    physical = (
        r"(?<![\w-])((margin|padding|border)-(left|right)|left|right)\s*:"
        r"|text-align\s*:\s*(left|right)|float\s*:\s*(left|right)|@import|url\(\s*[\"']?(https?:)?//"
    )
    sheets = sorted((ROOT / "recruitadvisor" / "static" / "css").rglob("*.css"))

    assert offences(sheets, physical) == []


def test_nothing_of_ours_hides_behind_saving_or_signals() -> None:
    hidden = r"^\s+def (save|delete|__init_subclass__)\(self|@receiver\b|\.connect\(.*sender="
    forms = frozenset({"recruitadvisor/accounts/adapter.py"})

    assert offences(list(modules()), hidden, forms) == []


def test_modules_have_one_subject_and_fit_on_a_few_screens() -> None:
    """About 400 lines; the questionnaire, which is data, needs a few more."""
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 450
    }

    assert long == {}


@pytest.mark.parametrize(
    "name", ["utils", "helpers", "managers", "constants", "selectors", "signals"]
)
def test_no_module_has_a_name_that_says_nothing(name: str) -> None:
    assert [path for path in modules() if path.stem == name] == []


def test_every_module_says_what_lives_there() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in modules()
        if (text := path.read_text(encoding="utf-8").strip()) and not text.startswith('"""')
    ]

    assert silent == []


def test_work_left_for_later_names_its_issue() -> None:
    assert offences([*modules(), *TEMPLATES], r"\b(TODO|FIXME|XXX)\b(?!.*#\d+)") == []


def test_the_catalogues_hold_no_guesses() -> None:
    polib = pytest.importorskip("polib")
    for path in sorted((ROOT / "locale").rglob("*.po")):
        assert [entry.msgid for entry in polib.pofile(path).fuzzy_entries()] == [], path
