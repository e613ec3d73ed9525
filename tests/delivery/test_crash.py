import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.delivery.crash_child import CLIENTS, run
from toolkit.channels.channel import Mode
from toolkit.delivery.journal import Journal
from toolkit.delivery.letter_record import State

ROOT = Path(__file__).parents[2]
POINTS = ("sealing", "planned", "claimed", "before sending", "sending", "written")


def killed_run(folder: Path, point: str, *numbers: int) -> int:
    command = [sys.executable, str(ROOT / "tests" / "delivery" / "crash_child.py"), str(folder), point]
    command += [str(number) for number in numbers]
    paths = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    return subprocess.run(command, env=os.environ | {"PYTHONPATH": paths}, check=False).returncode


def taken(folder: Path) -> Counter[str]:
    log = folder / "outbox" / "taken.log"
    return Counter(log.read_text(encoding="utf-8").split()) if log.exists() else Counter()


def states(folder: Path, mode: Mode = Mode.REHEARSAL) -> dict[str, State]:
    with Journal(folder / "journal.sqlite") as journal:
        return {one.header.client: one.state for one in journal.records(mode)}


@pytest.mark.parametrize("nth", [1, 4])
@pytest.mark.parametrize("point", POINTS)
def test_a_killed_run_is_taken_up_again_with_nothing_twice_and_one_letter_in_doubt(
    tmp_path: Path, point: str, nth: int
) -> None:
    assert killed_run(tmp_path, point, nth) != 0
    run(tmp_path, "never", 0)
    after = states(tmp_path)
    assert sorted(after) == sorted(CLIENTS)
    in_doubt = [client for client, state in after.items() if state is State.IN_DOUBT]
    assert in_doubt == ([CLIENTS[nth - 1]] if point in {"sending", "written"} else [])
    assert {state for client, state in after.items() if client not in in_doubt} == {State.SENT}
    assert max(taken(tmp_path).values()) == 1
    assert set(CLIENTS) - set(taken(tmp_path)) <= set(in_doubt)
    assert (set(CLIENTS) - set(taken(tmp_path)) == set()) is (point != "sending")


def test_many_kills_leave_no_more_doubt_than_kills_and_double_nothing(tmp_path: Path) -> None:
    points = [point for point in POINTS if point != "sealing"]
    for point in points:
        assert killed_run(tmp_path, point, 1) != 0
    run(tmp_path, "never", 0)
    after = Counter(states(tmp_path).values())
    assert after.total() == len(CLIENTS)
    assert after[State.IN_DOUBT] == 2
    assert after[State.SENT] == len(CLIENTS) - 2
    assert set(taken(tmp_path).values()) == {1}
    run(tmp_path, "never", 0)
    assert Counter(states(tmp_path).values()) == after


@pytest.mark.parametrize("a_minute", [20, 10**9])
@pytest.mark.parametrize("point", ["planned", "claimed", "before sending", "sending", "written"])
def test_that_a_letter_was_sent_is_written_before_a_pause_or_else_with_the_next_letter_on_its_way(
    tmp_path: Path, point: str, a_minute: int
) -> None:
    assert killed_run(tmp_path, point, 4, a_minute) != 0
    run(tmp_path, "never", 0, a_minute)
    after = states(tmp_path, Mode.LIVE)
    is_on_its_way, has_no_pause = point in {"sending", "written"}, a_minute > len(CLIENTS) * 60
    doubtful = {CLIENTS[3]} if is_on_its_way else {CLIENTS[2]} if has_no_pause else set()
    assert {client for client, state in after.items() if state is State.IN_DOUBT} == doubtful
    assert set(after.values()) - {State.IN_DOUBT} == {State.SENT}
    assert set(taken(tmp_path).values()) == {1}
