"""A run that is killed at one point: python crash_child.py FOLDER POINT NTH [A_MINUTE].

"never" lets it come to its end. With A_MINUTE its letters count as truly sent, at most so many a minute.
"""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.channel_contract import MORNING, NAIROBI, WORDS, a_letter, sealed
from tests.delivery.made_up import deliver
from toolkit.channels.channel import NO_RULES, ChannelPolicy, Mode, Receipt
from toolkit.channels.folder import FolderChannel
from toolkit.delivery.journal import Journal
from toolkit.delivery.lock import run_lock
from toolkit.delivery.loop import LiveContext
from toolkit.delivery.outbox import Outbox
from toolkit.letters.letter import Envelope, Letter, LetterHeader
from toolkit.rules.contact import RouteKind

CLIENTS = tuple(f"C{number:03}" for number in range(1, 7))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)


@dataclass
class MortalFolder:
    """A folder whose process is killed at a point of the nth letter; `taken.log` is the other side's own count."""

    folder: FolderChannel
    point: str
    nth: int
    name: str = "folder"
    mode: Mode = Mode.REHEARSAL
    routes: frozenset[RouteKind] = frozenset(RouteKind)
    policy: ChannelPolicy = NO_RULES
    _sent: int = field(default=0, init=False)

    def carries(self, letter: LetterHeader) -> bool:
        if (self.point, self._sent, letter.client) == ("planned", self.nth - 1, CLIENTS[self.nth - 1]):
            die()
        return self.folder.carries(letter)

    def close(self) -> None:
        self.folder.close()

    def send(self, envelope: Envelope, on_the_way: Callable[[], None]) -> Receipt:
        self._sent += 1
        self._pass("claimed")
        receipt = self.folder.send(envelope, lambda: self._on_the_way(on_the_way))
        with (self.folder.folder / "taken.log").open("a", encoding="utf-8") as log:
            log.write(f"{envelope.header.client}\n")
        self._pass("written")
        return receipt

    def _on_the_way(self, on_the_way: Callable[[], None]) -> None:
        self._pass("before sending")
        on_the_way()
        self._pass("sending")

    def _pass(self, point: str) -> None:
        if (point, self._sent) == (self.point, self.nth):
            die()


def run(folder: Path, point: str, nth: int, a_minute: int = 0) -> None:
    mode = Mode.LIVE if a_minute else Mode.REHEARSAL
    folder_channel, policy = FolderChannel(folder / "outbox", WORDS), ChannelPolicy(a_minute)
    channel = MortalFolder(folder_channel, point, nth, mode=mode, policy=policy)
    letters = [a_letter(client) for client in CLIENTS]
    with run_lock(folder, "shop"), Journal(folder / "journal.sqlite") as journal:
        outbox = Outbox(journal, mode, lambda one: _sealed(one, point, nth), lambda: MORNING, NAIROBI)
        live = LiveContext(lambda _: None, lambda: 0.0) if a_minute else None
        deliver(outbox, letters, channel, live=live)


def _sealed(letter: Letter, point: str, nth: int) -> bytes:
    if (point, letter.header.client) == ("sealing", CLIENTS[nth - 1]):
        die()
    return sealed(letter)


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:]))
