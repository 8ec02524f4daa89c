"""The texts of the core guides: complete, alike in every language, plain, and without a number."""

import re

import pytest

from recruitadvisor import languages
from recruitadvisor.guides.starter import CONTENT_DIR, read_content

CODES = [language.code for language in languages.live()]
LONGEST_SENTENCE = 15  # words; interface.md asks for 12 where possible


def shape(value):
    """Return what a text is made of, without its words."""
    if isinstance(value, dict):
        return {key: shape(part) for key, part in value.items() if key != "kind"}
    if isinstance(value, list):
        return [shape(part) for part in value]
    return re.findall(r"</?\w+>", value)


def texts(value):
    if isinstance(value, dict):
        for key, part in value.items():
            if key != "kind":
                yield from texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts(part)
    else:
        yield re.sub(r"</?\w+>", "\n", value)


@pytest.mark.parametrize("code", CODES)
def test_every_language_has_the_same_parts_as_english(code):
    section, guides = read_content(code)
    english_section, english_guides = read_content("en")

    assert section.keys() == english_section.keys()
    assert all(section.values())
    for guide, english in zip(guides, english_guides, strict=True):
        assert guide.title
        assert guide.summary
        assert [block["kind"] for block in guide.body] == [block["kind"] for block in english.body]
        assert shape(guide.body) == shape(english.body)


@pytest.mark.parametrize("code", CODES)
def test_no_file_is_left_without_a_place_in_the_plan(code):
    _section, guides = read_content(code)

    names = {path.stem for path in (CONTENT_DIR / code).glob("*.toml")}

    assert names == {guide.slug for guide in guides} | {"section"}


@pytest.mark.parametrize("code", CODES)
def test_no_guide_prints_a_telephone_number(code):
    _section, guides = read_content(code)

    for guide in guides:
        for text in texts(guide.body):
            assert not re.search(r"\d{3}", text)


@pytest.mark.parametrize(("code", "script"), [("ne", "\u0900-\u097f"), ("ar", "\u0600-\u06ff")])
def test_no_text_was_left_in_english(code, script):
    _section, guides = read_content(code)

    for guide in guides:
        for text in texts((guide.title, guide.summary, list(guide.body))):
            if text.strip():
                assert re.search(f"[{script}]", text)
                assert not re.search(r"[A-Za-z]{3}", text)


def test_english_sentences_are_short():
    _section, guides = read_content("en")

    for guide in guides:
        for text in texts((guide.summary, list(guide.body))):
            for sentence in re.split(r"[.?!:]\s|\n", text):
                assert len(sentence.split()) <= LONGEST_SENTENCE, sentence
