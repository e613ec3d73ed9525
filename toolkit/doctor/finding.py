"""The finding of one part of a set-up."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from toolkit.errors import ToolkitError


class Mark(StrEnum):
    """The state of one part."""

    OK = "ok"
    STOP = "STOP"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of the set-up.

    Args:
        part: its name.
        mark: how it stands.
        words: what is there, or what is wrong.
        why: the reason, where it is wrong.
        next_step: what to do, where it is wrong.
        exit_code: with what the command leaves because of it.
    """

    part: str
    mark: Mark
    words: str
    why: str = ""
    next_step: str = ""
    exit_code: int = 0

    @classmethod
    def wrong(cls, part: str, error: ToolkitError) -> "Finding":
        """Return an error as the finding of a part."""
        return cls(part, Mark.STOP, error.what, error.why, error.next_step, error.exit_code)

    def lines(self) -> Iterator[str]:
        """Yield it as the terminal shows it."""
        yield f"{self.mark:<5} {self.part:<17} {self.words}"
        if self.mark is Mark.STOP:
            yield f"      {'why':<17} {self.why}"
            yield f"      {'next':<17} {self.next_step}"

    def as_json(self) -> dict[str, Any]:
        """Return it as --json shows it."""
        finding = {"part": self.part, "mark": self.mark.value, "words": self.words}
        more = {"why": self.why, "next": self.next_step, "exit_code": self.exit_code}
        return finding | (more if self.mark is Mark.STOP else {})
