import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.channel_contract import WORDS, ChannelContract, a_letter, enveloped, said
from toolkit.channels.channel import Channel, ChannelStopped, Mode, SendResult
from toolkit.channels.folder import FolderChannel
from toolkit.letters.letter import Envelope

ODD_NUMBERS = (
    "../../etc/passwd",
    "..",
    "CON",
    "nul.txt",
    "a/b\\c",
    "C:1",
    "🦒" * 90,
    "к" * 300,
    "x" * 300,
    "",
    " . ",
    "a\0b",
)
NAME = re.compile(r"[^\x00-\x1f<>:\"/\\|?*]+(?<![. ])")


class TestFolderChannel(ChannelContract):
    def channel(self, folder: Path) -> Channel:
        return FolderChannel(folder, WORDS)

    def how_many_left(self, channel: Channel) -> int:
        assert isinstance(channel, FolderChannel)
        return len(list(channel.folder.rglob("*.eml")))


def put(folder: Path, *envelopes: Envelope, on_the_way: Callable[[], None] = lambda: None) -> list[str]:
    channel = FolderChannel(folder, WORDS)
    words = [channel.send(one, on_the_way).words for one in envelopes]
    channel.close()
    return words


def day_in(folder: Path) -> Path:
    return folder / "2026-11-21"


def index_in(folder: Path) -> str:
    return (day_in(folder) / "index.html").read_text(encoding="utf-8")


def test_a_letter_lies_in_the_folder_of_the_day_in_its_date(tmp_path: Path) -> None:
    envelope = enveloped(a_letter())
    [words] = put(tmp_path, envelope)
    stem = f"thank_you-C001-{envelope.header.key[:8]}"
    assert said(words) == f"written to 2026-11-21/{stem}.eml"
    assert {path.name for path in day_in(tmp_path).iterdir()} == {f"{stem}.eml", f"{stem}.html", "index.html"}
    assert (day_in(tmp_path) / f"{stem}.eml").read_bytes() == envelope.message


def test_the_page_of_a_letter_is_the_html_part_of_its_message(tmp_path: Path) -> None:
    put(tmp_path, enveloped(a_letter(text="Рахмат, Асель эже")))
    [page] = day_in(tmp_path).glob("thank_you-*.html")
    assert "<p>Рахмат, Асель эже</p>" in page.read_text(encoding="utf-8")


def test_its_letters_are_rehearsed_and_it_takes_those_without_an_address(tmp_path: Path) -> None:
    channel = FolderChannel(tmp_path, WORDS)
    assert channel.mode is Mode.REHEARSAL
    assert channel.carries(a_letter(address="").header)
    put(tmp_path, enveloped(a_letter(address="")))
    assert ">Asha Juma</b>" in index_in(tmp_path)
    assert "<small>ready</small>" in index_in(tmp_path)


def test_a_letter_sent_twice_by_mistake_overwrites_itself(tmp_path: Path) -> None:
    put(tmp_path, enveloped(a_letter()), enveloped(a_letter()))
    put(tmp_path, enveloped(a_letter()))
    assert len(list(tmp_path.rglob("*.eml"))) == 1
    assert index_in(tmp_path).count("<li>") == 1


def test_the_index_says_that_nothing_has_been_sent_and_lists_each_letter(tmp_path: Path) -> None:
    put(tmp_path, enveloped(a_letter()))
    page = index_in(tmp_path)
    assert "<b>nothing has been sent</b>" in page
    assert ">Asha Juma</b>" in page
    assert '<span class="language">sw</span>' in page
    assert "Asante, Bi. Asha" in page
    assert "asha@example.com · ready" in page


def test_a_second_run_adds_to_the_index(tmp_path: Path) -> None:
    put(tmp_path, enveloped(a_letter("C001", name="Asha Juma")))
    put(tmp_path, enveloped(a_letter("C002", name="Асель Токтогулова")))
    page = index_in(tmp_path)
    assert page.index("Asha Juma") < page.index("Асель Токтогулова")
    assert "2 ready" in page


def test_an_eml_file_that_is_no_letter_breaks_nothing(tmp_path: Path) -> None:
    day_in(tmp_path).mkdir()
    (day_in(tmp_path) / "garbage.eml").write_bytes(b"\xff\x00To: =?x-unknown?q?=ff?=\r\n\r\n")
    (day_in(tmp_path) / "odd.eml").write_bytes(b"To: a@[\r\nContent-Type: text/html; charset=nothing\r\n\r\n\xff")
    (day_in(tmp_path) / "empty.eml").write_bytes(b"")
    put(tmp_path, enveloped(a_letter()))
    assert "4 ready" in index_in(tmp_path)


@pytest.mark.parametrize("client", ODD_NUMBERS)
def test_any_client_number_gives_a_file_name_that_every_system_takes(tmp_path: Path, client: str) -> None:
    put(tmp_path / "outbox", enveloped(a_letter(client=client, campaign="../CON")))
    assert [path.name for path in tmp_path.iterdir()] == ["outbox"]
    [eml] = (tmp_path / "outbox").rglob("*.eml")
    assert eml.parent == day_in(tmp_path / "outbox")
    assert NAME.fullmatch(eml.name)
    assert len(eml.name.encode()) < 250
    assert eml.name.split(".")[0].upper() not in {"CON", "NUL"}


def test_a_folder_that_cannot_be_written_stops_the_channel_before_the_letter_leaves(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file where the folder should be")
    with pytest.raises(ChannelStopped) as stop:
        put(tmp_path / "outbox", enveloped(a_letter()), on_the_way=lambda: pytest.fail("it must not leave"))
    assert [bool(line) for line in str(stop.value).splitlines()] == [True, True, True]
    assert str(tmp_path / "outbox") in stop.value.what
    assert "asha@" not in str(stop.value)


def test_an_index_that_cannot_be_written_is_told_and_the_letter_stands(tmp_path: Path) -> None:
    (day_in(tmp_path) / "index.html" / "inside").mkdir(parents=True)
    channel = FolderChannel(tmp_path, WORDS)
    assert channel.send(enveloped(a_letter()), lambda: None).result is SendResult.SENT
    with pytest.raises(ChannelStopped, match="letters cannot be written there"):
        channel.close()
    assert len(list(tmp_path.rglob("*.eml"))) == 1
