"""Read, check and write back a big workbook, beside a careful script and beside a pass that does nothing.

    python -m tests.bench.bench_workbook            10,000 clients with 18 columns, 100,000 purchases with 11
    python -m tests.bench.bench_workbook 1000       a tenth of it

Each side runs in a process of its own, in turns; the best of three rounds counts, and one of the script, which is slow.
Imports are not counted. Nothing is asserted: a busy computer is no fault of ours.
"""

import json
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from shutil import copyfile
from typing import Final

from tests.bench.big_book import make_book
from tests.bench.stopwatch import Figures

CLIENTS: Final = 10_000
ROUNDS: Final = 3


def timed(side: str, path: Path, clients: int) -> Figures:
    """One round of one side on a copy of its own, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        copy = copyfile(path, Path(folder) / path.name)
        command = [sys.executable, "-m", f"tests.bench.{side}_side", str(copy), str(clients)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: Figures = json.loads(done.stdout)
    return found


def best(rounds: list[Figures]) -> Figures:
    """The best of each step; memory is the most."""
    return {step: (max if step == "peak" else min)(one[step] for one in rounds) for step in rounds[0]}


def compared(clients: int) -> list[str]:
    """Every side, and how they compare."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.xlsx"
        make_book(path, clients)
        rounds = [(timed("our", path, clients), timed("expat", path, clients)) for _ in range(ROUNDS)]
        script = timed("script", path, clients)
    ours, nothing = best([one for one, _ in rounds]), best([one for _, one in rounds])
    head = f"{clients:,} clients, {clients * 10:,} purchases; {ours['problems']:.0f} problems told"
    peak = f"peak: ours {ours['peak']:.0f} MB (aim 250), the script {script['peak']:.0f} MB"
    return [head, *_lines("", ours, nothing, script), *_lines(" wall", ours, nothing, script), peak]


def _lines(clock: str, ours: Figures, nothing: Figures, script: Figures) -> list[str]:
    mine = {step: ours[step + clock] for step in ("read", "check", "write")}
    whole, theirs, one = sum(mine.values()), script[f"read{clock}"] + script[f"write{clock}"], nothing[f"pass{clock}"]
    changed = script[f"change{clock}"]
    steps = ", ".join(f"{step} {seconds:.2f}" for step, seconds in mine.items())
    return [
        f"by the {clock.strip() or 'processor'}: ours {whole:.2f} s ({steps})",
        f"  the script     {theirs:6.2f} s, {theirs / whole:5.1f} times ours (aim 10)",
        f"  a pass         {one:6.2f} s, ours is {whole / one:.1f} of it (aim 5)",
        f"  load and save  {changed:6.2f} s, {changed / mine['write']:5.1f} times our write-back (aim 30)",
    ]


def main(clients: int) -> None:
    """Print all of it."""
    if find_spec("pandas") is None:
        sys.stdout.write("skipped: pandas is not installed (pip install pandas)\n")
    else:
        sys.stdout.write("\n".join(compared(clients)) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CLIENTS)
