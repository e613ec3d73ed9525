"""How long each step takes, and how much memory the whole."""

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import TypeAlias

Figures: TypeAlias = dict[str, float]


class Stopwatch:
    """Seconds of each step by the processor, and by the clock on the wall; the most memory so far in MB."""

    def __init__(self) -> None:
        self.figures: Figures = {}

    def time(self, step: str, work: Callable[[], object]) -> None:
        """Do one step."""
        processor, wall = time.process_time(), time.perf_counter()
        work()
        self.figures[step] = time.process_time() - processor
        self.figures[f"{step} wall"] = time.perf_counter() - wall
        self.figures["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    def tell(self) -> None:
        """Print the figures for whoever started this process."""
        sys.stdout.write(json.dumps(self.figures))
