"""How long `sheetclerk --help` takes, side by side with Python itself and with the library of its command line.

    python -m tests.bench.bench_start

Each runs in a process of its own, in turns; the quickest of many rounds is told, since a busy computer slows single
ones. tests/house/test_quick_start.py sees to it that no heavy library is loaded. Nothing is asserted.
"""

import subprocess
import sys
import time
from typing import Final

ROUNDS: Final = 25
SIDES: Final = {
    "python": ("-c", "pass"),
    "python with click": ("-c", "import click"),
    "sheetclerk --help": ("-m", "toolkit", "--help"),
}


def seconds(*arguments: str) -> float:
    """How long Python takes from start to end, by the clock on the wall."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    """Print each side and its ratio to Python itself."""
    rounds = [{side: seconds(*arguments) for side, arguments in SIDES.items()} for _ in range(ROUNDS)]
    best = {side: min(one[side] for one in rounds) for side in SIDES}
    for side, took in best.items():
        print(f"{side}: {took * 1000:.0f} ms, {took / best['python']:.1f} times python")  # noqa: T201 - a bench prints


if __name__ == "__main__":
    main()
