"""Letters and words of every language: complete, and never two meanings for one word."""

import re
import tomllib
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from toolkit.app.run_report import RunReport
from toolkit.book.client_book import ClientBook
from toolkit.book.own_tabs import HEADINGS
from toolkit.book.tabs import TABS
from toolkit.delivery.letter_record import State
from toolkit.plan import Plan

TEMPLATES = Path(__file__).parents[2] / "templates"
LANGUAGES = sorted(path.name for path in TEMPLATES.iterdir() if path.is_dir())
LETTERS = (
    "thank_you",
    "follow_up",
    "tier_notice",
    "points_notice",
    "reward",
    "newsletter",
    "win_back",
    "bonus_statement",
    "best_of_month",
)
GROUPS = (
    ("yes", "no"),
    ("email", "phone", "post", "chat"),
    ("ordered", "paid", "delivered", "cancelled"),
    ("draft", "ready", "stopped"),
)


def words(language: str) -> dict[str, Any]:
    return tomllib.loads((TEMPLATES / language / "words.toml").read_text(encoding="utf-8"))


SECTIONS = sorted(section for section, table in words("en").items() if isinstance(table, dict))
OTHERS = [language for language in LANGUAGES if language != "en"]


def sentences(language: str, section: str) -> dict[str, str]:
    """Every text of a section by its place: not-a-date.fix."""
    table = words(language).get(section, {}).items()
    rows = ((key, said) for key, said in table if not isinstance(said, dict))
    inner = ((f"{key}.{name}", one) for key, said in table if isinstance(said, dict) for name, one in said.items())
    return {key: str(said) for key, said in (*rows, *inner)}


def slots(sentence: str) -> list[str]:
    return sorted(re.findall(r"\{\w*\}", sentence))


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


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("language", OTHERS)
def test_every_language_knows_the_same_words_and_slots(language: str, section: str) -> None:
    english, here = sentences("en", section), sentences(language, section)
    assert here.keys() == english.keys()
    assert {key: slots(here[key]) for key in here} == {key: slots(english[key]) for key in english}


@pytest.mark.parametrize("section", ["letters", "status", "week", "held", "problems"])
@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_was_left_in_english(language: str, section: str) -> None:
    english, here = sentences("en", section), sentences(language, section)
    same = [said for key, said in here.items() if said == english[key]]
    assert [said for said in same if re.sub(r"\{\w+\}", "", said).strip("?")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_problem_says_what_is_wrong_and_how_to_mend_it(language: str) -> None:
    assert all(one.keys() == {"says", "fix"} for one in words(language)["problems"].values())
    assert all(said.strip() for said in sentences(language, "problems").values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_that_is_looked_for_is_the_one_that_letters_ask_for(language: str) -> None:
    letter = sentences(language, "letter")
    assert f" {letter['stop_word']}" in letter["stop"]


def test_every_letter_state_and_count_has_a_word() -> None:
    english, today = words("en"), date(2026, 11, 21)
    report = RunReport("Duka", "clients.xlsx", today, "Clients", ClientBook(), Plan(today), ())
    assert english["letters"].keys() == set(LETTERS)
    assert english["status"].keys() == {"ok", "mend", *State}
    assert english["week"].keys() >= report.letter_counts.keys()


@pytest.mark.parametrize("language", OTHERS)
def test_every_tab_and_heading_of_the_workbook_is_translated(language: str) -> None:
    here, tabs = words(language), {tab.name for tab in TABS} | HEADINGS.keys()
    read = {column.heading for tab in TABS for column in tab.columns}
    looked_up = {heading for tab in TABS for heading in tab.ours}
    written = {heading for headings in HEADINGS.values() for heading in headings}
    assert tabs - here["tabs"].keys() == set()
    assert (read | looked_up | written) - here["headings"].keys() == set()


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
