"""Filling in one frame for all letters gives the bytes that building each from nothing gives."""

from hypothesis import given
from hypothesis import strategies as st

from tests.channel_contract import a_letter, changed, naughty_strings
from tests.letters.plain_seal import plain_seal
from toolkit.letters.letter import Letter, Packed
from toolkit.letters.message import Sender, seal

SENDER = Sender("Дүкөн", "juma@example.com", "jibu@example.com", b"secret")
LINE = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=120),
    st.text("ab =.\t?", max_size=200),
    st.text("Айгүл ", max_size=60),
    st.sampled_from(["From x", ".", "=", " ", "a" * 77, "a" * 78, "a" * 79, "é" * 39, "x" * 77 + "é", "x" * 76 + " "]),
)
PART = st.builds(
    lambda lines, end: end.join(lines),
    st.lists(LINE, max_size=14),
    st.sampled_from(["\n", "\r\n", "\r", "\x0b", "\x85"]),
)
LETTERS = st.builds(
    lambda text, html, name, subject, language, promotional: a_letter(
        text=text, page=Packed.of(html), name=name, subject=subject, language=language, promotional=promotional
    ),
    PART,
    PART,
    LINE,
    LINE,
    st.sampled_from(["sw", "ky", "en", "pt-BR"]),
    st.booleans(),
)


def filled_in_as_built(letter: Letter, sender: Sender = SENDER) -> bool:
    return seal(letter, sender) == plain_seal(letter, sender)


@given(LETTERS)
def test_any_letter_has_the_same_bytes(letter: Letter) -> None:
    assert filled_in_as_built(letter)


def test_naughty_strings_have_the_same_bytes() -> None:
    for text in naughty_strings():
        page = f"<html><p>{text}</p></html>"
        assert filled_in_as_built(a_letter(name=text, subject=text, text=text, page=Packed.of(page))), text


def test_each_of_ten_lines_may_tip_the_scales_between_the_two_encodings() -> None:
    for script in ("я", "é", "=", "a" * 79):
        for plain in range(12):
            lines = ["Asha " * 3] * plain + [script * 7] * (12 - plain)
            assert filled_in_as_built(a_letter(text="\n".join(lines), page=Packed.of("\n".join(reversed(lines)))))


def test_a_letter_without_words_or_address_has_the_same_bytes() -> None:
    assert filled_in_as_built(a_letter(text="", page=Packed.of(""), address="", name=""))
    assert filled_in_as_built(changed(a_letter(), promotional=True), Sender("", "juma@example.com"))
