from email.message import EmailMessage
from email.policy import SMTP

from hypothesis import given
from hypothesis import strategies as st

from tests.channel_contract import a_letter, sealed
from toolkit.channels.parts import MessageParts, parts_of


def test_a_message_gives_back_what_was_written() -> None:
    letter = a_letter(name="Асель, Токтогулова", subject="Рахмат – эми 5%")
    parts = parts_of(sealed(letter))
    assert (parts.name, parts.address, parts.subject) == (
        letter.header.name,
        letter.header.route.address,
        letter.header.subject,
    )
    assert parts.text.strip() == letter.text
    assert parts.html.strip() == letter.html


def test_the_language_is_the_header_s_or_else_the_page_s() -> None:
    message = EmailMessage(policy=SMTP)
    message.set_content("Рахмат")
    message["Content-Language"] = "ky"
    assert parts_of(message.as_bytes()).language == "ky"
    bare = sealed(a_letter()).replace(b"Content-Language: sw\r\n", b"")
    assert b"Content-Language" not in bare
    assert parts_of(bare).language == "sw"


def test_a_letter_of_text_alone_is_shown_as_a_page_that_takes_nothing_for_markup() -> None:
    message = EmailMessage(policy=SMTP)
    message["To"] = ""
    message.set_content("1 < 2 & 3")
    parts = parts_of(message.as_bytes())
    assert "<pre>1 &lt; 2 &amp; 3\n</pre>" in parts.html
    assert (parts.name, parts.address, parts.language) == ("", "", "")


def test_what_cannot_be_read_has_empty_parts() -> None:
    assert parts_of(b"Subject: x\r\nContent-Type: text/plain; charset=nothing\r\n\r\n\xff") == MessageParts()


@given(st.binary() | st.text(alphabet='To: <@>[]=?\r\n";,(.)', max_size=80).map(str.encode))
def test_no_file_is_so_odd_that_it_stops_the_list(message: bytes) -> None:
    assert parts_of(message).name is not None
