from dataclasses import replace
from datetime import date

import pytest

from tests.letters.letter_desk import (
    ASHA,
    SHOP,
    a_file,
    a_standing,
    a_writer,
    an_occasion,
    files,
    layout,
    lexicon,
    ready,
)
from toolkit.book.i18n import Lexicon, Words
from toolkit.book.problem import Problem
from toolkit.book.tabs.clients import Client
from toolkit.campaigns.occasion import Held, Kind, letter_key
from toolkit.letters.context import letter_words
from toolkit.letters.letter import Letter
from toolkit.letters.wording import language_code
from toolkit.letters.writer import Writer

CLIENTS = {
    "en": replace(ASHA, language="en", call_them="Mrs Juma"),
    "sw": ASHA,
    "ky": replace(ASHA, language="ky", call_them="Асель эже"),
    "ru": replace(ASHA, language="ru", call_them="г-жа Петрова"),
}


def write(writer: Writer, client: Client = ASHA, letter: str = "thank_you", kind: Kind = Kind.SERVICE) -> Letter:
    decided = writer.write(an_occasion(client, letter, kind), a_standing(client))
    assert isinstance(decided, Letter), decided
    return decided


def held(writer: Writer, client: Client = ASHA, letter: str = "thank_you", kind: Kind = Kind.SERVICE) -> Held:
    decided = writer.write(an_occasion(client, letter, kind), a_standing(client))
    assert isinstance(decided, Held), decided
    return decided


def test_a_letter_says_whose_it_is_and_how_long_it_holds() -> None:
    letter = write(a_writer())
    assert letter.header.key == letter_key("shop1", "thank_you", "2026-11-03", "C001")
    assert (letter.header.client, letter.header.name, letter.header.route.address) == (
        "C001",
        "Asha Juma",
        "asha@example.com",
    )
    assert (letter.header.campaign, letter.header.occurrence, letter.header.expires) == (
        "thank_you",
        "2026-11-03",
        date(2026, 11, 10),
    )
    assert (letter.header.language, letter.header.promotional, len(letter.header.words_id)) == ("sw", False, 16)


def test_the_same_letter_is_the_same_whoever_writes_it() -> None:
    assert write(a_writer()) == write(a_writer())


@pytest.mark.parametrize("letter", ["thank_you", "follow_up", "win_back", "newsletter"])
@pytest.mark.parametrize("language", CLIENTS)
def test_every_letter_is_whole_in_every_language(language: str, letter: str) -> None:
    writer = a_writer(None, ready("**Words** for {{ client.greeting }}", language=language))
    done = write(writer, CLIENTS[language], letter)
    assert done.header.language == language
    assert f'<html lang="{language}">' in done.html
    for part in (done.header.subject, done.text, done.html):
        assert CLIENTS[language].call_them in part or (letter, part) == ("newsletter", done.header.subject)
        assert not any(mark in part for mark in ("{{", "}}", "{%", "[[", "]]", "\ue000", "\ue001", "<!--"))
    assert "&" not in done.text
    assert "Juma Ali" in done.text
    assert "+254 712 345 678" in done.text
    assert 'href="tel:+254712345678"' in done.html


def test_writing_a_thousand_letters_compiles_once() -> None:
    writer = a_writer()
    first = write(writer)
    again = [write(writer, replace(ASHA, number=f"C{n}", name=f"N{n}")) for n in range(1000)]
    assert {letter.header.words_id for letter in again} == {first.header.words_id}
    assert len({letter.header.key for letter in again}) == 1000


# languages


@pytest.mark.parametrize(
    ("own", "shop", "known", "expected"),
    [
        ("ky", ("sw", "en"), ("en", "ky"), "ky"),
        ("fr", ("sw", "en"), ("en", "ky"), "en"),
        ("", ("ru", "en"), ("en", "ky"), "en"),
        ("", (), ("ky", "sw"), "sw"),
        ("", (), ("ru", "ky"), "ky"),
        ("Swahili", (), ("en", "sw"), "sw"),
        ("en-GB", ("sw",), ("en", "sw"), "en"),
    ],
)
def test_a_missing_language_falls_back(own: str, shop: tuple[str, ...], known: tuple[str, ...], expected: str) -> None:
    writer = a_writer(
        {place: text for place, text in files().items() if place[0] in known}, shop=replace(SHOP, languages=shop)
    )
    assert write(writer, replace(ASHA, language=own)).header.language == expected


@pytest.mark.parametrize("written", ["SW", "sw", "sw-KE", "sw_TZ", "Kiswahili", "swahili", "Swahili "])
def test_a_language_is_known_by_code_and_by_name(written: str) -> None:
    assert language_code(written, lexicon()) == "sw"


def test_a_language_that_babel_does_not_know_goes_by_its_code() -> None:
    own = Lexicon({"en": Words("en", {}), "xx": Words("xx", {}), "old tongue": Words("old tongue", {})})
    assert language_code("XX", own) == "xx"
    assert language_code("Old  Tongue", own) == "old tongue"


def test_a_client_who_names_no_language_is_written_to_in_the_shops_own() -> None:
    writer = a_writer(files(), shop=replace(SHOP, language="ru", languages=("en", "sw", "ru")))
    assert write(writer, replace(ASHA, language="")).header.language == "ru"


def test_a_letter_without_words_in_any_language_is_held() -> None:
    assert held(a_writer(), letter="birthday").code == "no-words"


def test_short_words_come_from_the_language_below() -> None:
    below = Words("en", {"letter": {"total": "Total", "stop": "Stop"}})
    assert vars(letter_words(Words("xx", {"letter": {"total": "Yote"}}, below))) == {"total": "Yote", "stop": "Stop"}


# the owner's words


def test_a_newsletter_stands_in_the_owners_words_and_the_files_frame() -> None:
    row = ready("Swali la **mwezi** kwa {{Jina}}.", subject="Mapazia kwa {{ client.greeting }}")
    letter = write(a_writer(None, row), letter="newsletter", kind=Kind.PROMOTIONAL)
    assert letter.header.subject == "Mapazia kwa Bi. Asha"
    assert letter.header.words_id == row.words_id
    assert letter.header.promotional
    assert letter.text.startswith("Mapazia kwa Bi. Asha\n\nHabari, Bi. Asha!\n\nSwali la mwezi kwa Asha Juma.\n\n")


def test_a_newsletter_goes_only_in_languages_with_ready_words() -> None:
    writer = a_writer(None, ready("Hello", language="English", subject="News"))
    assert write(writer, letter="newsletter").header.language == "en"
    assert held(a_writer(), letter="newsletter").code == "no-words"


def test_draft_words_count_for_nothing() -> None:
    assert held(a_writer(None, replace(ready("a"), status="draft")), letter="newsletter").code == "no-words"


def test_of_two_ready_rows_the_lower_one_holds() -> None:
    letter = write(a_writer(None, ready("old"), ready("new", subject="Mpya")), letter="newsletter")
    assert letter.header.subject == "Mpya"


def test_ready_words_replace_the_file_of_any_other_letter() -> None:
    row = ready("Asante kwa {{ purchase.total }}.", letter="thank_you", subject="Asante")
    letter = write(a_writer(None, row))
    assert letter.header.subject == "Asante"
    assert letter.text.startswith("Asante kwa Ksh\xa011,800.\n\nJuma Ali")
    assert "Tazama ulichonunua" not in letter.html
    assert letter.header.words_id == row.words_id


def test_ready_words_without_a_subject_keep_the_files() -> None:
    assert write(a_writer(None, ready("Asante", letter="thank_you", subject=""))).header.subject == "Asante, Bi. Asha!"


def test_a_row_that_is_ready_and_has_no_words_is_told_and_sends_nothing() -> None:
    writer = a_writer(None, ready("", subject="Mpya"))
    assert writer.problems() == (Problem("Barua", "E4", "Maneno", "blank"),)


@pytest.mark.parametrize("letter", ["newsletter", "open_day"])
def test_ready_words_that_no_file_gives_a_subject_are_told(letter: str) -> None:
    writer = a_writer(None, ready("Karibu", letter=letter, subject=""))
    assert writer.problems() == (Problem("Barua", "D4", "Mada", "blank"),)
    assert held(writer, letter=letter).values == {"place": "Barua!D4"}


def test_a_letter_may_live_in_the_letters_tab_alone() -> None:
    letter = write(a_writer(None, ready("Karibu", letter="open_day")), letter="open_day")
    assert letter.text.startswith("Karibu\n\nJuma Ali")
    assert "wewe ni mteja wetu" in letter.text


def test_faults_of_ready_words_stand_at_their_cells_and_hold_the_letter() -> None:
    writer = a_writer(None, ready("Hi {{ client.greting }} [[words]]", subject="[[lines]]"))
    assert writer.problems() == (
        Problem("Barua", "D4", "Mada", "no-block", {"field": "lines", "proposal": ""}),
        Problem("Barua", "E4", "Maneno", "no-field", {"field": "client.greting", "proposal": "client.greeting"}),
        Problem("Barua", "E4", "Maneno", "no-block", {"field": "words", "proposal": ""}),
    )
    assert (held(writer, letter="newsletter").code, write(writer).header.campaign) == ("template-wrong", "thank_you")


def test_faults_of_files_and_layout_are_told_and_hold_their_letters() -> None:
    wrong = {**files(), ("sw", "thank_you"): a_file("{{ client.greting }}")}
    writer = a_writer(wrong)
    (problem,) = writer.problems()
    assert problem.place == "templates/sw/thank_you.md"
    assert held(writer).values == {"place": "templates/sw/thank_you.md"}
    assert write(writer, CLIENTS["ru"]).header.language == "ru"
    assert held(a_writer(frame="{{ nobody }}")).values == {"place": "templates/layout.html"}


def test_a_fault_of_the_newsletters_file_holds_the_owners_words_and_is_told_once() -> None:
    texts = {("sw", "newsletter"): a_file("[[words]] {{ shop.nam }}")}
    writer = a_writer(texts, ready("Habari"))
    assert [problem.place for problem in writer.problems()] == ["templates/sw/newsletter.md"]
    assert held(writer, letter="newsletter").code == "template-wrong"


def test_nothing_is_wrong_with_our_own_words() -> None:
    assert a_writer().problems() == ()


# people


def test_a_client_without_a_name_is_held() -> None:
    assert held(a_writer(), Client("C9", 9, salutation="Bi.")).code == "no-name"


def test_a_client_with_a_greeting_and_no_name_is_listed_by_it() -> None:
    assert write(a_writer(), Client("C9", 9, call_them="Mama Zawadi", language="sw")).header.name == "Mama Zawadi"


@pytest.mark.parametrize("manager", ["S1", "s1", "Juma Ali", "juma"])
def test_a_manager_is_known_by_number_and_name(manager: str) -> None:
    assert "Juma Ali, meneja wako" in write(a_writer(), replace(ASHA, manager=manager)).text


@pytest.mark.parametrize("manager", ["", "Nobody"])
def test_a_client_without_a_manager_gets_the_letter_without_that_line(manager: str) -> None:
    letter = write(a_writer(), replace(ASHA, manager=manager))
    assert "meneja wako" not in letter.text + letter.html
    assert "tel:" not in letter.html


def test_a_promotional_letter_says_how_to_stop_and_where_we_are() -> None:
    letter = write(a_writer(), letter="win_back", kind=Kind.PROMOTIONAL)
    assert "ACHA" in letter.text
    assert SHOP.address in letter.text
    assert "ACHA" not in write(a_writer()).text


def test_a_promotional_letter_of_a_shop_without_an_address_is_held() -> None:
    writer = a_writer(shop=replace(SHOP, address=""))
    assert held(writer, letter="win_back", kind=Kind.PROMOTIONAL).values == {"field": "shop.address"}
    assert "Duka la Juma\n" in write(writer).text


def test_a_first_meeting_is_named_by_its_day() -> None:
    assert "3 Novemba" in write(a_writer(), letter="follow_up").text
    assert held(a_writer(), replace(ASHA, first_met=None), letter="follow_up").values == {"field": "meeting.date"}


def test_the_layout_is_the_one_that_was_given() -> None:
    assert "max-width:620px" in write(a_writer(frame=layout())).html
