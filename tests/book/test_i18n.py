"""The shop's words: every language falls back to another, and the last word is the key itself."""

from toolkit.book.i18n import Lexicon, ProblemText, Words, plain
from toolkit.book.problem import Problem

ENGLISH = Words(
    "en",
    {
        "status": {"sent": "Sent {day}", "ok": "OK"},
        "choices": {"paid": ["paid", "settled"]},
        "problems": {"blank": {"says": "{column} in {tab} is blank.", "fix": "Write {proposal}."}},
    },
)
SWAHILI = Words(
    "sw",
    {
        "tabs": {"Clients": "Wateja"},
        "headings": {"Name": "Jina"},
        "status": {"ok": "Sawa"},
        "choices": {"paid": ["Imelipwa"]},
    },
    ENGLISH,
)
LEXICON = Lexicon({"en": ENGLISH, "sw": SWAHILI})
BLANK = Problem("Wateja", "B2", "Jina", "blank", {})


def test_a_sentence_is_filled_and_a_slot_without_a_value_is_left_out() -> None:
    assert ENGLISH.say("status", "sent", day="21 Nov") == "Sent 21 Nov"
    assert ENGLISH.say("status", "sent") == "Sent "


def test_what_a_language_lacks_another_says() -> None:
    assert SWAHILI.say("status", "ok") == "Sawa"
    assert SWAHILI.say("status", "sent", day="21 Nov") == "Sent 21 Nov"
    assert SWAHILI.say("nothing", "at_all") == "at_all"


def test_a_problem_is_told_in_words_with_its_tab_and_column() -> None:
    assert SWAHILI.problem(BLANK) == ProblemText("Jina in Wateja is blank.", "Write .")
    assert Words("ky", {}).problem(BLANK) == ProblemText("blank", "")


def test_our_own_names_are_english_where_a_language_has_none() -> None:
    assert (SWAHILI.tab("Clients"), SWAHILI.tab("Staff")) == ("Wateja", "Staff")
    assert (SWAHILI.heading("Name"), SWAHILI.heading("Email")) == ("Jina", "Email")
    assert (SWAHILI.choice("paid"), SWAHILI.choice("ordered")) == ("Imelipwa", "ordered")


def test_an_unknown_language_is_spoken_in_english() -> None:
    assert LEXICON.words("sw") is SWAHILI
    assert LEXICON.words("fr") is ENGLISH
    assert Lexicon().words("sw").say("status", "ok") == "ok"


def test_tabs_and_headings_are_found_from_any_language_and_strangers_stay_themselves() -> None:
    assert (LEXICON.tab(" wateja"), LEXICON.tab("Other")) == ("Clients", "Other")
    assert (LEXICON.heading("JINA:"), LEXICON.heading("Nickname")) == ("Name", "Nickname")
    assert (LEXICON.headings_for("Name"), LEXICON.headings_for("Email")) == (["Name", "Jina"], ["Email"])


def test_a_choice_is_meant_by_its_words_in_any_language() -> None:
    options = ("ordered", "paid")
    said = [LEXICON.meant(one, options) for one in ("Settled", "imelipwa", "ordered", "delivered")]
    assert said == ["paid", "paid", "ordered", None]
    assert LEXICON.spellings(options) == {"ordered", "paid", "settled", "imelipwa"}


def test_words_are_compared_in_one_case_with_single_spaces_and_without_end_marks() -> None:
    assert plain("  Client  no.: ") == plain("CLIENT NO.") == "client no."
    assert plain("\uff2e\uff41\uff4d\uff45*") == "name"
