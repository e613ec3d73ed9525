import json
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.channel_contract import WORDS, ChannelContract, a_letter, enveloped
from toolkit.app.texts import read_texts
from toolkit.channels.call_list import Callee, CallList
from toolkit.channels.channel import Channel, ChannelStopped, Mode
from toolkit.letters.letter import Envelope

PEOPLE = {
    "C001": Callee("Zawadi Njeri", "+254712345678", "Moi Ave 1", "wants a call"),
    "C002": Callee("Juma Ali", "88.60.15.31", "", "no e-mail address"),
}


def call_list(folder: Path) -> CallList:
    return CallList(folder, lambda number: PEOPLE.get(number, Callee()), WORDS)


def page_of(folder: Path) -> str:
    return (folder / "2026-11-21" / "index.html").read_text(encoding="utf-8")


def take(channel: CallList, *envelopes: Envelope) -> None:
    for one in envelopes:
        channel.send(one, lambda: None)
    channel.close()


class TestCallList(ChannelContract):
    def channel(self, folder: Path) -> Channel:
        return CallList(folder, lambda _: Callee(), WORDS)

    def how_many_left(self, channel: Channel) -> int:
        assert isinstance(channel, CallList)
        return sum(1 for path in channel.folder.glob("*/*.html") if path.name != "index.html")


def test_it_carries_only_what_no_mail_carries(tmp_path: Path) -> None:
    channel = call_list(tmp_path)
    assert not channel.carries(a_letter().header)
    assert channel.carries(a_letter(address="").header)
    assert channel.mode is Mode.REHEARSAL
    assert CallList(tmp_path, lambda _: Callee(), WORDS, Mode.LIVE).mode is Mode.LIVE


def test_the_list_has_each_managers_clients_with_phone_reason_and_last_day(tmp_path: Path) -> None:
    take(call_list(tmp_path), enveloped(a_letter("C001", address="")), enveloped(a_letter("C002", address="")))
    page = page_of(tmp_path)
    assert page.index("Juma Ali</h2>") < page.index("Zawadi Njeri</h2>")
    assert all(words in page for words in ("+254712345678", "88.60.15.31", "wants a call", "2026-11-28"))


def test_a_second_round_of_the_day_adds_to_the_list(tmp_path: Path) -> None:
    take(call_list(tmp_path), enveloped(a_letter("C001", address="")))
    take(call_list(tmp_path), enveloped(a_letter("C002", address="")), enveloped(a_letter("C001", address="")))
    assert page_of(tmp_path).count("<tr><td>") == 2


def test_the_printed_letter_is_the_letter(tmp_path: Path) -> None:
    take(call_list(tmp_path), enveloped(a_letter("C001", "Asante sana, Asha!", address="")))
    [row] = (tmp_path / "2026-11-21" / "calls.jsonl").read_text(encoding="ascii").splitlines()
    assert "Asante sana, Asha!" in (tmp_path / "2026-11-21" / json.loads(row)["page"]).read_text(encoding="utf-8")


def test_clients_whom_nobody_serves_come_last_and_are_said(tmp_path: Path) -> None:
    take(call_list(tmp_path), enveloped(a_letter("C009", address="")), enveloped(a_letter("C001", address="")))
    page = page_of(tmp_path)
    assert page.index("Zawadi Njeri</h2>") < page.index("No manager</h2>")


@pytest.mark.parametrize("language", ["sw", "ky", "ru"])
def test_the_list_speaks_the_shops_language(tmp_path: Path, language: str) -> None:
    words = read_texts(None).lexicon.words(language)
    take(CallList(tmp_path, lambda _: Callee(), words), enveloped(a_letter("C001", address="")))
    page = page_of(tmp_path)
    assert f'<html lang="{language}">' in page
    assert words.heading("Call by") in page
    assert not any(english in page for english in ("Calls for", "Call by", "No manager", "Address"))


def test_names_and_reasons_are_never_markup(tmp_path: Path) -> None:
    channel = CallList(tmp_path, lambda _: Callee("<b>", "<script>", '"', "&"), WORDS)
    take(channel, enveloped(a_letter("C001", address="", name="<i>x", subject="<u>")))
    assert not {"<b>", "<script>", "<i>", "<u>"} & set(page_of(tmp_path).replace("<", " <").replace(">", "> ").split())


def test_another_day_has_a_list_of_its_own(tmp_path: Path) -> None:
    later = enveloped(a_letter("C001", address=""))
    take(call_list(tmp_path), replace(later, dated=later.dated + timedelta(days=1)))
    assert (tmp_path / "2026-11-22" / "index.html").is_file()


@pytest.mark.skipif(os.name == "nt", reason="a file in the place of a folder is told otherwise there")
def test_a_folder_that_cannot_be_written_stops_it_with_a_next_step(tmp_path: Path) -> None:
    (tmp_path / "calls").write_text("a file", encoding="utf-8")
    with pytest.raises(ChannelStopped) as stop:
        call_list(tmp_path / "calls").send(enveloped(a_letter(address="")), lambda: None)
    assert "next: make that folder writable" in str(stop.value)


def test_a_list_that_cannot_be_made_is_told_when_the_round_ends(tmp_path: Path) -> None:
    channel = call_list(tmp_path)
    channel.send(enveloped(a_letter("C001", address="")), lambda: None)
    (tmp_path / "2026-11-21" / "index.html").mkdir()
    with pytest.raises(ChannelStopped):
        channel.close()
