"""What every channel must do, and letters to try it with."""

import json
import re
from dataclasses import replace
from datetime import date, datetime
from email.headerregistry import Address, Group
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from toolkit.app.texts import read_texts
from toolkit.channels.channel import Channel, Mode, SendResult
from toolkit.channels.status_text import told
from toolkit.letters.letter import Envelope, Letter, Packed

NAIROBI: Final = ZoneInfo("Africa/Nairobi")
MORNING: Final = datetime(2026, 11, 21, 10, 2, tzinfo=NAIROBI)
WORDS: Final = read_texts(None).lexicon.words("en")
NAUGHTY: Final = Path(__file__).parents[2] / "shared" / "data" / "corpora" / "blns" / "blns.json"


def said(kept: str) -> str:
    """Kept words as an English reader reads them."""
    return told(kept, WORDS)


def a_letter(client: str = "C001", text: str = "Asante sana!", **changes: object) -> Letter:
    campaign = str(changes.get("campaign", "thank_you"))
    letter = Letter(
        key=sha256(f"shop|{campaign}|2026-11-21|{client}".encode(errors="replace")).hexdigest(),
        campaign="thank_you",
        occurrence="2026-11-21",
        client=client,
        name="Asha Juma",
        address="asha@example.com",
        language="sw",
        subject="Asante, Bi. Asha",
        text=text,
        page=Packed.of(f'<!doctype html><html lang="sw"><meta charset="utf-8"><p>{text}</p></html>'),
        words_id="w1",
        expires=date(2026, 11, 28),
    )
    return replace(letter, **changes)  # type: ignore[arg-type]  # any field of a letter


def sealed(letter: Letter) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(letter.subject)
    message["To"] = _recipient(one_line(letter.name), letter.address)
    message["Message-ID"] = f"<{letter.key}@example.com>"
    message["Content-Language"] = letter.language
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    message["Content-Language"] = letter.language
    message.set_boundary(f"=_{letter.body_hash[:20]}")
    return message.as_bytes()


def one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]", " ", text)


def _recipient(name: str, address: str) -> Address | Group:
    return Address(name, addr_spec=address) if address else Group(name, ())


def enveloped(letter: Letter) -> Envelope:
    return Envelope(letter, f"Date: {format_datetime(MORNING)}\r\n".encode() + sealed(letter), MORNING)


def naughty_strings() -> list[str]:
    if not NAUGHTY.exists():
        pytest.skip("the Big List of Naughty Strings does not lie beside this repository")
    return list(dict.fromkeys(json.loads(NAUGHTY.read_text(encoding="utf-8"))))


class ChannelContract:
    """Subclass it, and give the channel and a count of what left through it."""

    def channel(self, folder: Path) -> Channel:
        raise NotImplementedError

    def how_many_left(self, channel: Channel) -> int:
        raise NotImplementedError

    def test_it_says_its_name_in_one_word_and_its_lane(self, tmp_path: Path) -> None:
        channel = self.channel(tmp_path)
        assert re.fullmatch(r"[a-z_]+", channel.name)
        assert isinstance(channel.mode, Mode)

    def test_on_the_way_is_called_once_and_before_anything_leaves(self, tmp_path: Path) -> None:
        channel, left_by_then = self.channel(tmp_path), list[int]()
        channel.send(enveloped(a_letter()), lambda: left_by_then.append(self.how_many_left(channel)))
        assert left_by_then == [0]
        assert self.how_many_left(channel) == 1

    def test_nothing_leaves_when_the_journal_cannot_write_that_it_is_on_its_way(self, tmp_path: Path) -> None:
        class JournalIsGone(Exception):
            pass

        def fail() -> None:
            raise JournalIsGone

        channel = self.channel(tmp_path)
        with pytest.raises(JournalIsGone):
            channel.send(enveloped(a_letter()), fail)
        assert self.how_many_left(channel) == 0

    def test_its_receipt_has_words(self, tmp_path: Path) -> None:
        receipt = self.channel(tmp_path).send(enveloped(a_letter()), lambda: None)
        assert receipt.result is SendResult.SENT
        assert receipt.words.strip()
        assert "\n" not in receipt.words

    def test_it_says_whether_it_carries_a_letter_without_an_address(self, tmp_path: Path) -> None:
        channel = self.channel(tmp_path)
        assert channel.carries(a_letter()) is True
        assert channel.carries(a_letter(address="")) in (True, False)

    def test_naughty_names_subjects_and_client_numbers_break_nothing(self, tmp_path: Path) -> None:
        channel, strings = self.channel(tmp_path / "inside"), naughty_strings()
        for text in strings:
            letter = a_letter(client=text, name=text, subject=text)
            assert channel.send(enveloped(letter), lambda: None).result is SendResult.SENT
        assert self.how_many_left(channel) == len(strings)
        assert {path.name for path in tmp_path.iterdir()} <= {"inside"}
