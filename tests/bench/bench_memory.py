"""How much memory a run takes for 1,000, 10,000 and 50,000 letters: `python -m tests.bench.bench_memory` prints it.

Each number in a process of its own, its journal on a disk in memory, which is not counted: that of the letters being
delivered one after the other, as they come from a generator, and that of a whole plan held at once.
"""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.bench.bench_mail import SEAL
from tests.bench.letters_desk import TODAY, desk
from tests.channel_contract import NAIROBI, a_letter
from tests.crash.sending_run import at_once
from tests.delivery.made_up import Nowhere
from toolkit.channels.channel import Mode
from toolkit.clock import SystemClock
from toolkit.delivery.journal import Journal
from toolkit.delivery.loop import Delivery, LiveContext
from toolkit.delivery.outbox import Outbox
from toolkit.letters.letter import Letter
from toolkit.plan import plan_week

SIZES: Final = (1_000, 10_000, 50_000)
WORDS: Final = "Asante sana kwa ununuzi wako, tunakushukuru! " * 100


def letters(number: int) -> Iterator[Letter]:
    for n in range(number):
        yield a_letter(f"C{n:05}", f"{n} {WORDS}", address=f"c{n:05}@example.com")


def deliver(number: int) -> None:
    clock, quick = SystemClock(), "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108 - only to be quick
    live = LiveContext(at_once, lambda: 0.0)
    with tempfile.TemporaryDirectory(dir=quick) as folder, Journal(Path(folder) / "journal.sqlite") as journal:
        outbox = Outbox(journal, Mode.LIVE, SEAL, clock.now, NAIROBI)
        assert sum(1 for _ in Delivery(outbox, [Nowhere()], TODAY, live=live).run(letters(number))) == number


def plan(number: int) -> None:
    assert len(plan_week(desk(number)).letters) == number


def peak(work: str, number: int) -> float:
    command = [sys.executable, "-m", "tests.bench.bench_memory", work, str(number)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        {"deliver": deliver, "plan": plan}[sys.argv[1]](int(sys.argv[2]))
        sys.stdout.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
    else:
        for work in ("deliver", "plan"):
            told = ", ".join(f"{number:,} letters {peak(work, number):.0f} MB" for number in SIZES)
            sys.stdout.write(f"{work}: {told}\n")
            sys.stdout.flush()
