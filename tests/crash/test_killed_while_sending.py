"""Runs that send real mail are killed, cut and refused at random; then it is counted who got what."""

import json
import os
import random  # noqa: TID251 - kills come at random; the seed is told
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import pytest

from tests.crash.sending_run import Job
from tests.mail.authority import Authority
from tests.mail.post_office import CUT, CUT_AFTER, PostOffice
from toolkit.channels.channel import Mode
from toolkit.delivery.journal import Journal
from toolkit.delivery.letter_record import State

ROOT = Path(__file__).parents[2]
LETTERS_A_KILL = 3

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux can watch a process by pidfd")


@dataclass
class Killer:
    """The server of forks."""

    process: "subprocess.Popen[str]"

    def run(self, job: Job) -> bool:
        """Run a job; whether it was killed."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(asdict(job)) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip() == "killed"


@pytest.fixture
def killer() -> Iterator[Killer]:
    paths = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    with subprocess.Popen(
        [sys.executable, str(ROOT / "tests" / "crash" / "sending_run.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": paths},
    ) as process:
        yield Killer(process)


@dataclass
class Trouble:
    """A server's bad days: a share of lines is cut, a share of letters is put off."""

    chance: random.Random
    cut: float
    soft: float
    doubtful_cuts: int = field(default=0, init=False)

    def __call__(self, step: str, _address: str) -> str:
        drawn = self.chance.random()
        if step not in ("RCPT", "END"):
            return ""
        if drawn < self.soft / 2:
            return "451 4.3.0 try again later"
        if drawn > 1 - self.cut / 2:
            self.doubtful_cuts += step == "END"
            return self.chance.choice((CUT, CUT_AFTER)) if step == "END" else CUT
        return ""


def states(folder: Path) -> dict[str, State]:
    with Journal(folder / "journal.sqlite") as journal:
        return {one.header.route.address: one.state for one in journal.records(Mode.LIVE)}


@dataclass
class Figures:
    """What a soak came to."""

    kills: int
    runs: int
    copies: Counter[str]
    states: dict[str, State]

    def of(self, state: State) -> list[str]:
        return [address for address, one in self.states.items() if one is state]

    def assert_once_and_nothing_lost(self, letters: int, doubt: int) -> None:
        assert len(self.states) == letters
        assert max(self.copies.values()) == 1, "nobody got a letter twice"
        assert set(self.states.values()) <= {State.SENT, State.IN_DOUBT}
        assert [one for one in self.of(State.SENT) if self.copies[one] != 1] == [], "what is sent has arrived"
        assert len(self.of(State.IN_DOUBT)) <= doubt


def soak(killer: Killer, office: PostOffice, job: Job, kills: int, chance: random.Random) -> Figures:
    """Kill runs at random while the plan grows, then run until nothing waits.

    Kills come sooner where many letters left before the last one, and later where none did, so that they hit all steps.
    """
    killed, runs, longest = 0, 0, 0.2
    while killed < kills:
        before = len(office.taken)
        was_killed = killer.run(replace(job, kill_after=chance.uniform(0, longest), hours=runs * 2))
        killed, runs = killed + was_killed, runs + 1
        longest *= 1.25 if was_killed and len(office.taken) == before else 0.9
        job = replace(job, letters=job.letters + LETTERS_A_KILL)
    waits = True
    while waits:
        killer.run(replace(job, hours=runs * 2))
        runs += 1
        waits = bool(set(states(Path(job.folder)).values()) - {State.SENT, State.IN_DOUBT})
    return Figures(killed, runs, office.copies, states(Path(job.folder)))


def seeded(request: pytest.FixtureRequest) -> random.Random:
    seed = random.SystemRandom().randrange(10**9)
    request.node.add_report_section("call", "seed", str(seed))
    return random.Random(seed)  # noqa: S311 - no secret comes of it


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--kills"))


ROUND = 100
"""After so many kills a new shop begins: in one that has thousands of letters, kills would hit only its planning."""


def rounds(kills: int) -> list[int]:
    """So many kills, dealt to shops."""
    return [min(ROUND, kills - dealt) for dealt in range(0, kills, ROUND)]


JobFor = Callable[[PostOffice], Job]


@pytest.fixture
def job_for(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> JobFor:
    """The first run of a new shop."""

    def first(office: PostOffice) -> Job:
        return Job(str(tmp_path_factory.mktemp("shop")), office.port, str(authority.file), 20, 0, None)

    return first


def told(all_figures: list[Figures]) -> str:
    kills, runs = sum(one.kills for one in all_figures), sum(one.runs for one in all_figures)
    letters = sum(len(one.states) for one in all_figures)
    doubt = sum(len(one.of(State.IN_DOUBT)) for one in all_figures)
    return f"{kills} kills, {runs} runs, {letters} letters: 0 doubles, 0 lost, {doubt} in doubt"


def test_killed_runs_double_nothing_lose_nothing_and_leave_no_more_doubt_than_kills(
    request: pytest.FixtureRequest, killer: Killer, authority: Authority, job_for: JobFor, kills: int
) -> None:
    chance, all_figures = seeded(request), []
    for some in rounds(kills):
        with PostOffice(authority.server()) as office:
            figures = soak(killer, office, job_for(office), some, chance)
        figures.assert_once_and_nothing_lost(len(figures.states), figures.kills)
        all_figures.append(figures)
    sys.stdout.write(f"{told(all_figures)}\n")


def test_kills_cut_lines_and_soft_refusals_together_double_nothing_and_lose_nothing(
    request: pytest.FixtureRequest, killer: Killer, authority: Authority, job_for: JobFor, kills: int
) -> None:
    chance, all_figures, cuts = seeded(request), [], 0
    for some in rounds(kills):
        trouble = Trouble(chance, cut=0.05, soft=0.05)
        with PostOffice(authority.server(), rule=trouble) as office:
            figures = soak(killer, office, job_for(office), some, chance)
        figures.assert_once_and_nothing_lost(len(figures.states), figures.kills + trouble.doubtful_cuts)
        all_figures.append(figures)
        cuts += trouble.doubtful_cuts
    sys.stdout.write(f"{cuts} cuts after DATA; {told(all_figures)}\n")


def test_a_thousand_lines_cut_after_acceptance_leave_one_copy_each_and_all_in_doubt(
    request: pytest.FixtureRequest, killer: Killer, authority: Authority, job_for: JobFor
) -> None:
    cuts = int(request.config.getoption("--cuts"))
    with PostOffice(authority.server(), rule=lambda step, _: CUT_AFTER if step == "END" else "") as office:
        job = replace(job_for(office), letters=cuts)
        for _ in range(cuts // 3 + 2):
            killer.run(job)
        copies = office.copies
    after = states(Path(job.folder))
    assert set(after.values()) == {State.IN_DOUBT}
    assert copies == Counter(dict.fromkeys(after, 1))
    assert len(after) == cuts
    sys.stdout.write(f"{cuts} lines cut after acceptance: one copy each, all in doubt\n")
