"""The Letters tab."""

import pytest

from tests.book.book_desk import CLIENTS, read, told
from toolkit.book.tabs.letters import OwnersWords

LETTERS = """
    Letter     | Language | Status  | Subject | Words
    Newsletter | en       | Ready   | May     | Hello
    Thank-you  | sw       | Draft   |         | Asante
    win back   | ru       | Stopped |         | Привет
    newsletter | ky       |         |         | Салам
    newsletter | sw       | Ready   | Mei     |
    """


def test_only_words_that_are_ready_are_approved() -> None:
    book, _ = read(Clients=CLIENTS, Letters=LETTERS)
    assert [(one.letter, one.status, one.is_ready) for one in book.letters] == [
        ("newsletter", "ready", True),
        ("thank_you", "draft", False),
        ("win_back", "stopped", False),
        ("newsletter", "draft", False),
        ("newsletter", "ready", False),
    ]


@pytest.mark.parametrize(
    ("subject", "words"), [("June", "Hello"), ("May", "Hello!"), ("MayH", "ello"), ("", "MayHello")]
)
def test_other_words_have_another_name(subject: str, words: str) -> None:
    known = OwnersWords("newsletter", "en", row=2, subject="May", words="Hello")
    assert OwnersWords("newsletter", "en", row=9, subject="May", words="Hello").words_id == known.words_id
    assert OwnersWords("newsletter", "en", row=2, subject=subject, words=words).words_id != known.words_id


def test_a_status_that_is_no_word_of_ours_approves_nothing() -> None:
    book, problems = read(Clients=CLIENTS, Letters="Letter | Language | Status | Words\nnewsletter | en | Redy | Hello")
    assert (book.letters[0].is_ready, ("Letters!C2", "not-a-choice-near") in told(problems)) == (False, True)
