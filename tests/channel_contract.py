"""What every channel must do, and letters to try it with."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
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
from toolkit.channels.status_text import render_remark
from toolkit.delivery.attempts import Attempts
from toolkit.delivery.journal import Journal
from toolkit.delivery.letter_record import LetterRecord, State
from toolkit.delivery.loop import Delivery, LiveContext
from toolkit.delivery.outbox import Outbox
from toolkit.letters.letter import Envelope, Letter, LetterHeader, Packed
from toolkit.rules.contact import BY_PERSON, Route, by_email

NAIROBI: Final = ZoneInfo("Africa/Nairobi")
MORNING: Final = datetime(2026, 11, 21, 10, 2, tzinfo=NAIROBI)
WORDS: Final = read_texts(None).lexicon.words("en")
ROUTES: Final = (by_email("asha@example.com"), BY_PERSON)
NAUGHTY: Final = Path(__file__).parents[2] / "shared" / "data" / "corpora" / "blns" / "blns.json"


def said(kept: str) -> str:
    """Kept words as an English reader reads them."""
    return render_remark(kept, WORDS)


def a_letter(client: str = "C001", text: str = "Asante sana!", **changes: object) -> Letter:
    """A letter, with any field of it or of its header changed; without an address a person carries it."""
    campaign = str(changes.get("campaign", "thank_you"))
    header = LetterHeader(
        key=sha256(f"shop|{campaign}|2026-11-21|{client}".encode(errors="replace")).hexdigest(),
        campaign="thank_you",
        occurrence="2026-11-21",
        client=client,
        name="Asha Juma",
        route=route_to(str(changes.pop("address", "asha@example.com"))),
        language="sw",
        subject="Asante, Bi. Asha",
        words_id="w1",
        expires=date(2026, 11, 28),
    )
    page = Packed.of(f'<!doctype html><html lang="sw"><meta charset="utf-8"><p>{text}</p></html>')
    return changed(Letter(header=header, text=text, page=page), **changes)


def changed(letter: Letter, **changes: object) -> Letter:
    """The same letter with other fields, its own or those of its header."""
    body = {name: changes.pop(name) for name in ("text", "page") if name in changes}
    header = replace(letter.header, **changes)  # type: ignore[arg-type]  # any field
    return replace(letter, header=header, **body)  # type: ignore[arg-type]  # as above


def route_to(address: str) -> Route:
    """Without an address a person carries the letter."""
    return by_email(address) if address else BY_PERSON


def sealed(letter: Letter) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(letter.header.subject)
    message["To"] = _recipient(one_line(letter.header.name), letter.header.route.address)
    message["Message-ID"] = f"<{letter.header.key}@example.com>"
    message["Content-Language"] = letter.header.language
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    message["Content-Language"] = letter.header.language
    message.set_boundary(f"=_{letter.body_hash[:20]}")
    return message.as_bytes()


def one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]", " ", text)


def _recipient(name: str, address: str) -> Address | Group:
    return Address(name, addr_spec=address) if address else Group(name, ())


def enveloped(letter: Letter) -> Envelope:
    return Envelope(letter.header, f"Date: {format_datetime(MORNING)}\r\n".encode() + sealed(letter), MORNING)


def naughty_strings() -> list[str]:
    if not NAUGHTY.exists():
        pytest.skip("the Big List of Naughty Strings does not lie beside this repository")
    return list(dict.fromkeys(json.loads(NAUGHTY.read_text(encoding="utf-8"))))


def letter_for(channel: Channel, client: str = "C001", **changes: object) -> Letter:
    """A letter on a route that the channel declares."""
    route = next(route for route in ROUTES if route.kind in channel.routes)
    return changed(a_letter(client), route=route, **changes)


def delivered(
    channel: Channel,
    folder: Path,
    wait: Callable[[float], None] = lambda _: None,
    quiet_until: Callable[[], datetime | None] = lambda: None,
) -> list[State]:
    """What becomes of two letters that leave one after the other on a clock that stands still."""
    letters = [letter_for(channel, client) for client in ("C001", "C002")]
    with Journal(folder / "journal.sqlite") as journal:
        outbox = Outbox(journal, channel.mode, sealed, lambda: MORNING.astimezone(UTC), NAIROBI)
        live = LiveContext(wait, lambda: 0.0, quiet_until=quiet_until)
        delivery = Delivery(outbox, [channel], MORNING.date(), live=live)
        return [outcome.state for outcome in delivery.run(letters)]


def sent_before(client: str, channel: Channel) -> LetterRecord:
    record = LetterRecord.of(letter_for(channel, client), MORNING.date())
    return replace(record, state=State.SENT, channel=channel.name)


def waits_if(rule: object) -> State:
    return State.PLANNED if rule else State.SENT


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
        channel.send(enveloped(letter_for(channel)), lambda: left_by_then.append(self.how_many_left(channel)))
        assert left_by_then == [0]
        assert self.how_many_left(channel) == 1

    def test_nothing_leaves_when_the_journal_cannot_write_that_it_is_on_its_way(self, tmp_path: Path) -> None:
        class JournalIsGone(Exception):
            pass

        def fail() -> None:
            raise JournalIsGone

        channel = self.channel(tmp_path)
        with pytest.raises(JournalIsGone):
            channel.send(enveloped(letter_for(channel)), fail)
        assert self.how_many_left(channel) == 0

    def test_its_receipt_has_words(self, tmp_path: Path) -> None:
        channel = self.channel(tmp_path)
        receipt = channel.send(enveloped(letter_for(channel)), lambda: None)
        assert receipt.result is SendResult.SENT
        assert receipt.words.strip()
        assert "\n" not in receipt.words

    def test_it_carries_the_routes_that_it_declares_and_no_others(self, tmp_path: Path) -> None:
        channel = self.channel(tmp_path)
        assert channel.routes
        for route in ROUTES:
            assert channel.carries(a_letter(route=route).header) is (route.kind in channel.routes)

    def test_its_policy_can_be_kept(self, tmp_path: Path) -> None:
        policy = self.channel(tmp_path).policy
        assert policy.per_day >= 0
        assert policy.per_minute >= 0
        assert not policy.per_day or policy.per_minute, "a channel with a daily limit also keeps its letters apart"

    def test_delivery_keeps_its_quiet_hours_if_it_declares_them(self, tmp_path: Path) -> None:
        channel, until = self.channel(tmp_path / "channel"), MORNING + timedelta(hours=2)
        states = delivered(channel, tmp_path, quiet_until=lambda: until)
        assert set(states) == {waits_if(channel.policy.quiet_hours)}

    def test_delivery_keeps_its_daily_limit_if_it_declares_one(self, tmp_path: Path) -> None:
        channel = self.channel(tmp_path / "channel")
        policy, full = channel.policy, MORNING - timedelta(hours=1)
        with Journal(tmp_path / "journal.sqlite") as journal:
            tries = Attempts(journal, channel.mode)
            for number in range(policy.per_day):
                tries.add(sent_before(f"B{number}", channel), full.astimezone(UTC))
        states = delivered(channel, tmp_path)
        assert set(states) == {waits_if(policy.per_day)}

    def test_delivery_keeps_its_pace_if_it_declares_one(self, tmp_path: Path) -> None:
        channel, waits = self.channel(tmp_path / "channel"), list[float]()
        delivered(channel, tmp_path, wait=waits.append)
        apart = channel.policy.per_minute and 60 / channel.policy.per_minute
        assert waits == ([pytest.approx(apart)] if apart else [])

    def test_naughty_names_subjects_and_client_numbers_break_nothing(self, tmp_path: Path) -> None:
        channel, strings = self.channel(tmp_path / "inside"), naughty_strings()
        for text in strings:
            letter = letter_for(channel, client=text, name=text, subject=text)
            assert channel.send(enveloped(letter), lambda: None).result is SendResult.SENT
        assert self.how_many_left(channel) == len(strings)
        assert {path.name for path in tmp_path.iterdir()} <= {"inside"}
