"""Values are data: whatever stands in a cell, it is neither Jinja, Markdown, HTML nor a header."""

import json
from collections import Counter
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.letters.letter_desk import ASHA, BOUGHT, a_file, a_standing, a_writer, an_occasion
from toolkit.letters.context import clean
from toolkit.letters.letter import Letter
from toolkit.letters.message import Sender, seal

NAUGHTY = Path(__file__).parents[3] / "shared" / "data" / "corpora" / "blns" / "blns.json"
PAYLOADS = (
    "{{ 7*7 }}",
    "{% for x in range(9) %}x{% endfor %}",
    "{{ client.__class__.__mro__ }}",
    "{# gone #}",
    "[[lines]]",
    "**bold** [a](javascript:alert(1)) ![x](https://evil.example/p.png)",
    "# heading\n\n- list",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "-->--!><style>*{display:none}</style>",
    "</title></style></table><base href=//evil.example>",
    "]]></p>&lt;b&gt;&#60;",
    "Asha\r\nBcc: evil@example.org\r\n\r\n<html>",
    "--=_boundary\r\nContent-Type: text/html\r\n\r\nx",
    "\ue000P0\ue001\ue000T1\ue001\ue000lines\ue001",
    "a\x00b\x08c\x1b[31m",
    "=HYPERLINK(1)",
    "Asha \ud800\udfff",
)
BODY = """# {{ client.greeting }}

{{ client.name }} {{ client.company }} {{ client.likes|default('-') }}

[go](https://example.com/?c={{ client.company }})

[[lines]]

[[tier]]"""
WRITER = a_writer({("en", "thank_you"): a_file(BODY, "Hi {{ client.greeting }}", "For {{ client.name }}")})
SENDER = Sender("Duka", "juma@example.com")


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self.links: list[str] = []
        self.heading = ""
        self._in_heading = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_heading = tag == "h1"
        self.elements[tag, tuple(name for name, _ in attrs)] += 1
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_endtag(self, tag: str) -> None:
        self._in_heading = self._in_heading and tag != "h1"

    def handle_data(self, data: str) -> None:
        self.heading += data if self._in_heading else ""


def a_letter(payload: str) -> Letter:
    client = replace(ASHA, call_them=payload, name=payload, company=payload, likes=payload)
    occasion = replace(an_occasion(client), purchases=(replace(BOUGHT[0], product=payload), *BOUGHT[1:]))
    letter = WRITER.write(occasion, a_standing(client)._replace(tier=payload))
    assert isinstance(letter, Letter), letter
    return letter


PLAIN = a_letter("Plain")
ELEMENTS = Page(PLAIN.html).elements
HEADERS = message_from_bytes(seal(PLAIN, SENDER)).keys()


def check(payload: str) -> None:
    letter = a_letter(payload)
    page = Page(letter.html)
    shown = clean(payload)
    assert page.elements == ELEMENTS
    assert page.links[-1] == "tel:+254712345678"
    assert page.links[0].startswith("https://example.com/?c=")
    assert len(page.links) == 2
    assert page.heading == shown
    assert letter.text.startswith(shown.lstrip("\n"))
    assert letter.header.subject == " ".join(f"Hi {shown}".split())
    check_message(letter)


def check_message(letter: Letter) -> None:
    message = message_from_bytes(seal(letter, SENDER), _class=EmailMessage, policy=SMTP)
    assert message.keys() == HEADERS
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    text, html = (str(part.get_content()).replace("\r\n", "\n") for part in message.iter_parts())
    assert (text.rstrip("\n"), html.rstrip("\n")) == (letter.text.rstrip("\n"), letter.html.rstrip("\n"))
    assert [one.addr_spec for one in message["To"].addresses] == ["asha@example.com"]
    assert " ".join(message["Subject"].split()) == letter.header.subject


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_an_attacker_types_stays_text(payload: str) -> None:
    check(payload)


def test_the_list_of_naughty_strings_stays_text() -> None:
    if not NAUGHTY.is_file():
        pytest.skip("the corpus of naughty strings lies outside this repository, in ../shared/data/corpora/blns")
    strings: list[str] = json.loads(NAUGHTY.read_text(encoding="utf-8"))
    for payload in strings:
        if clean(payload).strip():
            check(payload)
