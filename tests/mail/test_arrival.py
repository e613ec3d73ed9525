"""What arrives: the bytes that were previewed, one recipient, our parts and nothing that a cell brought in."""

import re
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from email import message_from_bytes
from email.message import Message
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import toolkit
from tests.channel_contract import MORNING, changed, naughty_strings
from tests.delivery.made_up import deliver
from tests.mail.authority import Authority
from tests.mail.post_office import PASSWORD, USER, PostOffice
from toolkit.book.grid import Tabs
from toolkit.channels.account import MailAccount
from toolkit.channels.channel import NO_RULES, Mode
from toolkit.channels.mail import MailChannel
from toolkit.clock import FixedClock
from toolkit.delivery.journal import Journal
from toolkit.delivery.loop import LiveContext
from toolkit.delivery.outbox import Outbox
from toolkit.letters.letter import Letter
from toolkit.letters.message import Sender, seal
from toolkit.rules.contact import by_email
from toolkit.sheets.memory import MemoryWorkbook

INJECTIONS = (
    "Asha\r\nBcc: eve@example.com",
    "Asha\nBcc: eve@example.com",
    "Asha\rBcc: eve@example.com",
    "Asha\r\n\r\n<script>alert(1)</script>",
    "Asha\r\n.\r\nMAIL FROM:<eve@example.com>",
    "\r\n.\r\nQUIT\r\n",
    ".",
    "..",
    "Asha\u2028Bcc: eve@example.com",
    "Asha\u2029Bcc: eve@example.com",
    "Asha\x85Bcc: eve@example.com",
    "Asha\x0bBcc: eve@example.com",
    "Asha\x00Bcc: eve@example.com",
    "Asha%0d%0aBcc: eve@example.com",
    "=?utf-8?q?Asha=0d=0aBcc:_eve@example.com?=",
    "=?utf-8?b?QXNoYQ0KQmNjOiBldmVAZXhhbXBsZS5jb20=?=",
    'Asha" <eve@example.com>, "',
    "Asha, eve@example.com",
    "Asha <eve@example.com>",
    "eve@example.com;",
    "Friends: eve@example.com;",
    "(eve@example.com) Asha",
    "Asha\r\nContent-Type: text/html\r\n",
    "Asha\r\nContent-Disposition: attachment; filename=a.exe",
    "--=_boundary--",
    "/etc/passwd",
    "C:\\Windows\\win.ini",
    "file:///etc/passwd",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/p.png)",
    "<https://evil.example>",
    "{{ 7 * 7 }}",
    "{% for x in range(9) %}x{% endfor %}",
    "{{ client.__class__ }}",
    "[[button Pay | https://evil.example]]",
    "[[lines]]",
    '=HYPERLINK("https://evil.example")',
    "**bold** _it_ # head",
    "</body></html><iframe src=https://evil.example>",
    "<style>*{display:none}</style>",
    "<form action=https://evil.example><input name=p>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
)

PLAIN = "Asha Juma"


def book(names: Sequence[str]) -> Tabs:
    """A shop whose clients, products and staff are called such things, each with one purchase today."""
    clients = [(f"C{n}", name, name, name, f"c{n}@example.com", "yes", name) for n, name in enumerate(names)]
    purchases = [(f"P{n}", "2026-11-21", f"C{n}", name, 1, 100) for n, name in enumerate(names)]
    return {
        "Clients": [("Client no.", "Name", "Call them", "Company", "Email", "Letters", "Manager"), *clients],
        "Purchases": [("Purchase no.", "Date", "Client no.", "Product", "Quantity", "Amount"), *purchases],
    }


def planned(names: Sequence[str]) -> list[Letter]:
    with toolkit.open_shop(MemoryWorkbook(book(names)), clock=FixedClock(MORNING)) as shop:
        return list(shop.plan_week(date(2026, 11, 21)).letters)


def delivered(office: PostOffice, authority: Authority, folder: Path, letters: Sequence[Letter]) -> dict[str, bytes]:
    """What arrived, by recipient, and it was as much as was sent."""
    sealed = partial(seal, sender=Sender("Duka", USER, "", b"the shop's secret"))
    clock = FixedClock(MORNING)
    mail = MailChannel(
        MailAccount(USER, lambda: PASSWORD, "localhost", office.port, USER, tls_first=False, tls=authority.client),
        policy=NO_RULES,
    )
    live = LiveContext(clock.wait, lambda: 0.0)
    with ExitStack() as stack:
        journal = stack.enter_context(Journal(folder / "journal.sqlite"))
        outbox = Outbox(journal, Mode.LIVE, sealed, clock.now, MORNING.tzinfo)  # type: ignore[arg-type]  # a ZoneInfo
        deliver(outbox, letters, mail, live=live)
    assert {len(one.recipients) for one in office.taken} <= {1}
    return {one.recipients[0]: one.content for one in office.taken}


class Tags(HTMLParser):
    """The tags of a page with the names of their attributes, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _ in attrs)))
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]


def shape(content: bytes) -> tuple[object, ...]:
    """Everything of a message that no name may change: headers, parts, tags and links."""
    message = message_from_bytes(content)
    parts = [(part.get_content_type(), part.get_content_disposition(), part.get_filename()) for part in message.walk()]
    tags = Tags(text_of(message, "text/html"))
    return tuple(message.keys()), tuple(parts), tuple(tags.tags), tuple(tags.links)


def text_of(message: Message, kind: str) -> str:
    part = next(part for part in message.walk() if part.get_content_type() == kind)
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


def test_naughty_names_and_injections_change_nothing_but_words(
    office: PostOffice, authority: Authority, tmp_path: Path
) -> None:
    names = [PLAIN, *INJECTIONS, *naughty_strings()]
    assert len(INJECTIONS) >= 40
    letters = planned(names)
    arrived = delivered(office, authority, tmp_path, letters)
    assert len(arrived) == len(letters) > 400
    plain = shape(arrived["c0@example.com"])
    assert [to for to, content in arrived.items() if shape(content) != plain] == []
    for to, content in arrived.items():
        message = message_from_bytes(content)
        assert [re.findall(r"<([^<>]*)>$", str(one)) for one in message.get_all("To", [])] == [[to]]
        assert "\x00" not in text_of(message, "text/plain")


def test_naughty_subjects_change_nothing_but_words(office: PostOffice, authority: Authority, tmp_path: Path) -> None:
    (plain,) = planned([PLAIN])
    texts = [PLAIN, *INJECTIONS, *naughty_strings()]
    letters = [
        changed(plain, key=f"{n:064x}", client=f"C{n}", route=by_email(f"c{n}@example.com"), subject=text or "x")
        for n, text in enumerate(texts)
    ]
    arrived = delivered(office, authority, tmp_path, letters)
    assert len(arrived) == len(texts)
    wanted = shape(arrived["c0@example.com"])
    assert [to for to, content in arrived.items() if shape(content) != wanted] == []


def test_what_is_sent_is_what_was_previewed_but_for_its_date(
    office: PostOffice, authority: Authority, tmp_path: Path
) -> None:
    with toolkit.open_shop(MemoryWorkbook(book([PLAIN, "Асель Уулу", "."])), clock=FixedClock(MORNING)) as shop:
        plan = shop.plan_week(date(2026, 11, 21))
        shop.preview(plan, tmp_path / "preview")
    arrived = delivered(office, authority, tmp_path, plan.letters)
    for letter in plan.letters:
        date_line, _, rest = arrived[letter.header.route.address].partition(b"\r\n")
        assert date_line == b"Date: Sat, 21 Nov 2026 10:02:00 +0300"
        assert rest == seal(letter, Sender("Duka", USER, "", b"the shop's secret"))
        message = message_from_bytes(arrived[letter.header.route.address])
        shown = {path.read_text(encoding="utf-8") for path in (tmp_path / "preview").glob("*.html")}
        assert text_of(message, "text/html").replace("\r\n", "\n") in shown
        told = {path.read_text(encoding="utf-8") for path in (tmp_path / "preview").glob("*.txt")}
        assert text_of(message, "text/plain").replace("\r\n", "\n") in told


def test_nobody_without_the_shops_secret_can_make_its_message_ids() -> None:
    (letter,) = planned([PLAIN])
    ids = {
        secret: message_from_bytes(seal(letter, Sender("Duka", USER, "", secret)))["Message-ID"]
        for secret in (b"", b"one", b"two")
    }
    assert len(set(ids.values())) == 3
    assert all(letter.header.key[:32] in one for one in ids.values())
    assert "one" not in repr(Sender("Duka", USER, "", b"one"))
