import unicodedata
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from tests.channel_contract import a_letter, changed
from toolkit.letters.letter import Letter, Packed
from toolkit.letters.message import Sender, seal
from toolkit.rules.contact import BY_PERSON, by_email

SENDER = Sender("Duka la Juma", "juma@example.com")
LETTER = a_letter(
    key="ab" * 32,
    subject="Asante, Bi. Asha!",
    text="Asante – " + "ndefu " * 300 + "\n.\nFrom here\n",
    page=Packed.of('<html lang="sw"><p>Asante – sana</p></html>'),
)


def opened(letter: Letter, sender: Sender = SENDER) -> EmailMessage:
    message = message_from_bytes(seal(letter, sender), _class=EmailMessage, policy=SMTP)
    assert message.defects == []
    return message


def words(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_a_sealed_letter_says_from_whom_to_whom_and_what() -> None:
    message = opened(LETTER)
    assert message["From"] == "Duka la Juma <juma@example.com>"
    assert message["To"] == "Asha Juma <asha@example.com>"
    assert message["Subject"] == "Asante, Bi. Asha!"
    assert message["Message-ID"] == f"<{'ab' * 16}@example.com>"
    assert message["Content-Language"] == "sw"
    assert message["Date"] is None
    assert message["Reply-To"] is None
    assert message.get_content_type() == "multipart/alternative"


def test_both_parts_are_there_word_for_word() -> None:
    message = opened(LETTER)
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert words(message, "plain").replace("\r\n", "\n") == LETTER.text
    assert words(message, "html").rstrip() == LETTER.html


def test_a_letter_with_other_words_has_another_digest() -> None:
    assert LETTER.body_hash == changed(LETTER, route=by_email("b@example.com")).body_hash
    others = (changed(LETTER, subject="x"), changed(LETTER, text="x"), changed(LETTER, page=Packed.of("x")))
    assert len({LETTER.body_hash, *(one.body_hash for one in others)}) == 4


def test_a_page_is_packed_small_and_unpacked_as_it_was() -> None:
    page = "<p style='color: #333; margin: 0 0 12px'>Рахмат, Айгүл!</p>\r\n" * 40
    assert str(Packed.of(page)) == page
    assert len(Packed.of(page).squeezed) < len(page) / 10


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert seal(LETTER, SENDER) == seal(changed(LETTER), Sender("Duka la Juma", "juma@example.com"))


@pytest.mark.parametrize("text", ["я" * 5000, "a" * 5000, "short\n", "a\rb\x00c"])
def test_lines_are_short_and_end_as_mail_wants(text: str) -> None:
    sealed = seal(changed(LETTER, subject=text, text=text, page=Packed.of(text), name=text), SENDER)
    assert sealed.isascii()
    assert all(len(line) <= 998 for line in sealed.split(b"\r\n"))
    assert b"\n" not in sealed.replace(b"\r\n", b"")
    assert b"\r" not in sealed.replace(b"\r\n", b"")


def test_answers_go_where_the_shop_wants_them() -> None:
    message = opened(changed(LETTER, promotional=True), Sender("Duka", "juma@example.com", "jibu@example.com"))
    assert message["Reply-To"] == "jibu@example.com"
    assert message["List-Unsubscribe"] == f"<mailto:jibu@example.com?subject=stop%20{'ab' * 16}>"


def test_a_promotional_letter_can_be_stopped_and_names_its_list() -> None:
    message = opened(changed(LETTER, promotional=True, campaign="quality_news"))
    assert message["List-Unsubscribe"] == f"<mailto:juma@example.com?subject=stop%20{'ab' * 16}>"
    assert message["List-Id"] == "<quality-news.example.com>"
    assert message["Auto-Submitted"] is None


@pytest.mark.parametrize(("page", "joint"), [("https://d.example/stop", "?"), ("https://d.example/?a=1", "&")])
def test_a_shop_with_a_page_for_it_lets_one_click_stop_its_newsletters(page: str, joint: str) -> None:
    sender = Sender("Duka", "juma@example.com", stop_url=page)
    message = opened(changed(LETTER, promotional=True), sender)
    by_mail = f"<mailto:juma@example.com?subject=stop%20{'ab' * 16}>"
    assert message["List-Unsubscribe"] == f"<{page}{joint}letter={'ab' * 16}>, {by_mail}"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert opened(LETTER, sender)["List-Unsubscribe"] is None


def test_a_service_letter_says_that_a_program_wrote_it() -> None:
    message = opened(LETTER)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] is None


@pytest.mark.parametrize(("name", "shown"), [("Asha Juma", "Asha Juma:;"), ("", "undisclosed-recipients:;")])
def test_a_letter_that_no_mail_carries_names_the_client_and_no_address(name: str, shown: str) -> None:
    assert opened(changed(LETTER, name=name, route=BY_PERSON))["To"] == shown


def test_an_address_in_another_script_is_kept() -> None:
    message = opened(changed(LETTER, route=by_email("asha@дүкөн.kg")), Sender("Дүкөн", "bot@дүкөн.kg"))
    assert message["To"].addresses[0].addr_spec == f"asha@{DOMAIN}.kg"
    assert message["From"].addresses[0].display_name == "Дүкөн"
    assert "асель@example.com".encode() in seal(changed(LETTER, route=by_email("асель@example.com")), SENDER)


DOMAIN = "дүкөн".encode("idna").decode()

ODD_NAMES = (
    'x" <evil@example.org>, "y',
    "a, b <evil@example.org>",
    "Asha\r\nBcc: evil@example.org",
    "Asha\x00\x1b[31m",
    "=?utf-8?q?x=0D=0ABcc:_evil@example.org?=",
    "=?utf-8?b?QmNj?=",
    "(comment) Asha; Juma: \\ end\\",
    "very long " * 60 + ", <evil@example.org>",
    "Ә" * 400 + ", <evil@example.org>",
    "\u2028\u2029\u202eAsha",
    "\ud800",
    "@",
    ":;",
)


@pytest.mark.parametrize("odd", ODD_NAMES)
def test_no_name_can_add_a_header_or_a_recipient(odd: str) -> None:
    for route in (by_email("asha@example.com"), BY_PERSON):
        message = opened(changed(LETTER, name=odd, subject=odd, route=route), Sender(odd, "juma@example.com"))
        expected = opened(changed(LETTER, route=route))
        assert message.keys() == expected.keys()
        assert [one.addr_spec for one in message["To"].addresses] == ([route.address] if route.is_email else [])
        assert [one.addr_spec for one in message["From"].addresses] == ["juma@example.com"]
        kept = "".join(" " if unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} else one for one in odd)
        assert " ".join(message["Subject"].split()) == " ".join(kept.split())
