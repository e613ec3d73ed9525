"""Letters and words of every language: complete, and never two meanings for one word."""

import re
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
LANGUAGES = sorted(path.name for path in TEMPLATES.iterdir() if path.is_dir())
LETTERS = ("thank_you", "follow_up", "newsletter", "win_back")
GROUPS = (
    ("yes", "no"),
    ("email", "phone", "post", "chat"),
    ("ordered", "paid", "delivered", "cancelled"),
    ("draft", "ready", "stopped"),
)


def words(language: str) -> dict[str, Any]:
    return tomllib.loads((TEMPLATES / language / "words.toml").read_text(encoding="utf-8"))


def marks(text: str) -> list[str]:
    return sorted(re.findall(r"\{[{%].*?[}%]\}|\[\[.*?\]\]|\{\w+\}", text))


def head_and_body(language: str, letter: str) -> tuple[list[str], str]:
    head, body = (TEMPLATES / language / f"{letter}.md").read_text(encoding="utf-8").split("\n---\n")
    return head.split("\n"), body


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_has_a_subject_a_preview_and_one_heading(language: str, letter: str) -> None:
    head, body = head_and_body(language, letter)
    assert [line.split(": ")[0] for line in head] == ["subject", "preview"]
    assert all(line.split(": ", 1)[1] for line in head)
    assert re.findall(r"^#", body, re.MULTILINE) == ["#"]


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_blocks_are_the_same_in_every_language_and_stand_alone(language: str, letter: str) -> None:
    _, body = head_and_body(language, letter)
    _, english = head_and_body("en", letter)
    alone = re.findall(r"(?<=\n\n)\[\[.+?\]\](?=\n\n)", body)
    assert alone == re.findall(r"\[\[.+?\]\]", body) == re.findall(r"\[\[.+?\]\]", english)


@pytest.mark.parametrize("section", ["choices", "letter"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_knows_the_same_words_and_slots(language: str, section: str) -> None:
    english, here = words("en")[section], words(language)[section]
    assert here.keys() == english.keys()
    assert all(marks(str(here[key])) == marks(str(english[key])) for key in english)


@pytest.mark.parametrize("section", ["tabs", "headings", "tiers"])
def test_every_other_language_translates_the_same_names(section: str) -> None:
    names = [words(language)[section].keys() for language in LANGUAGES if language != "en"]
    assert all(name == names[0] for name in names)


@pytest.mark.parametrize("section", ["tabs", "headings"])
def test_no_word_means_two_things_in_any_language(section: str) -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for table in (words(language).get(section, {}) for language in LANGUAGES):
        for english, said in table.items():
            meanings[english.casefold()].add(english)
            meanings[said.casefold()].add(english)
    assert {said: meant for said, meant in meanings.items() if len(meant) > 1} == {}


@pytest.mark.parametrize("group", GROUPS)
def test_no_choice_can_be_taken_for_another(group: tuple[str, ...]) -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        for choice in group:
            for said in words(language)["choices"][choice]:
                meanings[said.casefold()].add(choice)
    assert {said: meant for said, meant in meanings.items() if len(meant) > 1} == {}


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_a_tab_name_fits_into_a_spreadsheet(language: str) -> None:
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in words(language)["tabs"].values())


def test_the_layout_has_no_tag_that_an_html_parser_would_move() -> None:
    layout = (TEMPLATES / "layout.html").read_text(encoding="utf-8")
    assert not re.findall(r"<(?:table|tbody|tr)\b[^>]*>\s*\{[%{]|</(?:tr|tbody|td)>\s*\{[%{]", layout)
    assert "{{ body }}" in layout
