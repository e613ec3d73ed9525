"""What is forgotten is gone from the file itself; the keys stay, and nothing is said twice."""

from pathlib import Path

from tests.channel_contract import MORNING, NAIROBI, a_letter, said, sealed
from tests.delivery.made_up import deliver
from toolkit.channels.channel import Mode
from toolkit.channels.memory import MemoryChannel
from toolkit.delivery.attempts import Attempts
from toolkit.delivery.forgetting import forget_in
from toolkit.delivery.journal import Journal
from toolkit.delivery.letter_record import State
from toolkit.delivery.outbox import Outbox
from toolkit.delivery.policy import DAY

SECRET = ("asha@example.com", "Asha Juma", "Asante, Bi. Asha", "for her eyes only")
HERS = a_letter("C001", "for her eyes only")
LATER = a_letter("C001", "for her eyes only", campaign="newsletter")
HIS = a_letter("C002", "Habari", name="Ben", address="ben@example.com", subject="Asante, Ben")


def outbox_of(journal: Journal) -> Outbox:
    return Outbox(journal, Mode.LIVE, sealed, lambda: MORNING, NAIROBI)


def test_no_byte_of_a_forgotten_client_stays_in_the_journal(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    with Journal(path) as journal:
        outbox = outbox_of(journal)
        deliver(outbox, [HERS, HIS], MemoryChannel(mode=Mode.LIVE))
        deliver(outbox, [LATER])
    assert forget_in([path], "C001", MORNING) == 2
    left = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    assert not any(word.encode() in left for word in SECRET)
    assert b"ben@example.com" in left


def test_a_forgotten_client_is_not_written_to_again_and_the_limits_still_count(tmp_path: Path) -> None:
    path, channel = tmp_path / "journal.sqlite3", MemoryChannel(mode=Mode.LIVE)
    with Journal(path) as journal:
        deliver(outbox_of(journal), [HERS], channel)
        deliver(outbox_of(journal), [LATER])
        forget_in([path], "C001", MORNING)
        told = deliver(outbox_of(journal), [HERS, LATER, HIS], channel)
        states = {one.key: one.state for one in told}
        assert states == {HERS.header.key: State.SENT, LATER.header.key: State.SUPPRESSED, HIS.header.key: State.SENT}
        assert [one.header.client for one in channel.envelopes] == ["C001", "C002"]
        assert len(Attempts(journal, Mode.LIVE).left_since(MORNING - DAY, "memory")) == 2
        hers = journal.find(Mode.LIVE, HERS.header.key)
    assert hers is not None
    assert (hers.header.name, hers.header.route.address, hers.header.subject) == ("", "", "")
    assert said(hers.words) == "asked to be forgotten"
