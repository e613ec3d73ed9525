"""Our own words about a letter are kept as codes, and said in every language."""

import re
from pathlib import Path

import pytest

import toolkit
from tests.channel_contract import said
from toolkit.app.texts import read_texts
from toolkit.channels.status_text import remark, render_remark

LEXICON = read_texts(None).lexicon
SOURCE = [path.read_text(encoding="utf-8") for path in Path(toolkit.__file__).parent.rglob("*.py")]
CODES = {code for text in SOURCE for code in re.findall(r'\bremark\("([\w-]+)"', text)}


@pytest.mark.parametrize("language", ["en", "sw", "ky", "ru"])
def test_every_remark_has_words_in_every_language_and_no_words_are_left_over(language: str) -> None:
    own, english = (LEXICON.words(one).tables["remarks"] for one in (language, "en"))
    assert own.keys() == CODES
    slots = {code: set(re.findall(r"\{\w+\}", sentence)) for code, sentence in own.items()}
    assert slots == {code: set(re.findall(r"\{\w+\}", english[code])) for code in own}
    assert language == "en" or not set(own.values()) & set(english.values())


def test_a_remark_is_said_in_the_language_of_whoever_reads() -> None:
    kept = remark("limit-a-run", n="20")
    assert said(kept) == "waiting: the limit of 20 per run is reached"
    assert render_remark(kept, LEXICON.words("ru")) == "ждёт: достигнут предел за один запуск: 20"


def test_why_an_address_is_closed_is_said_in_the_words_of_held_letters() -> None:
    kept = remark("closed", held="dead-address")
    assert said(kept) == "suppressed: the e-mail address does not exist"
    assert LEXICON.words("ru").say("held", "dead-address") in render_remark(kept, LEXICON.words("ru"))


def test_a_remark_may_speak_of_what_was_said_before() -> None:
    assert said(remark("first-words", before="250 taken")) == "250 taken (with the text of its first plan)"
    assert said(remark("first-words", before=remark("no-channel"))).startswith("there is no way to deliver it (")
    assert said(remark("first-words", before="")) == "(with the text of its first plan)"


@pytest.mark.parametrize(
    "words",
    ["550 no such user", "waiting: the limit of 3 per run is reached", "", "{odd", '{"a": 1}', '{"remark": "cut of'],
)
def test_a_servers_words_and_those_of_older_journals_stay_as_they_are(words: str) -> None:
    assert render_remark(words, LEXICON.words("ky")) == words
