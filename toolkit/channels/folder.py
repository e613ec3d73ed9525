"""Letters as files with an index page, and nothing sent."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Final

from toolkit.book import Words
from toolkit.channels.channel import NO_RULES, ChannelPolicy, ChannelStopped, Mode, Receipt, SendResult
from toolkit.channels.index_page import Ready, page_of, ready_item
from toolkit.channels.parts import MessageParts, parts_of
from toolkit.channels.status_text import remark
from toolkit.letters.letter import Envelope, LetterHeader
from toolkit.rules.contact import RouteKind

_STEM_PART_LENGTH: Final = 40
"""A file name keeps so many characters of a campaign or client number; at four bytes each that fits every disk."""


@dataclass
class FolderChannel:
    """A folder of letters for each day, with an index page.

    Args:
        folder: where the days' folders lie; made where missing.
        words: of the shop's language, for the index page.
    """

    folder: Path
    words: Words
    routes: ClassVar[frozenset[RouteKind]] = frozenset(RouteKind)
    policy: ClassVar[ChannelPolicy] = NO_RULES
    _days: set[Path] = field(default_factory=set, init=False, repr=False)

    @property
    def name(self) -> str:
        """One word."""
        return "folder"

    @property
    def mode(self) -> Mode:
        """Rehearsal."""
        return Mode.REHEARSAL

    def carries(self, header: LetterHeader) -> bool:  # noqa: ARG002 - the protocol asks
        """True for every letter, since nothing is sent."""
        return True

    def send(self, envelope: Envelope, on_the_way: Callable[[], None]) -> Receipt:
        """Write the letter's two files into its day's folder.

        Raises:
            ChannelStopped: the folder cannot be written; the letter is not in it.
        """
        day = self.folder / envelope.dated.date().isoformat()
        stem, parts = stem_of(envelope.header), parts_of(envelope.message)
        try:
            day.mkdir(parents=True, exist_ok=True)
            _put(day / f"{stem}.html", parts.html)
            _write(day, stem, envelope.message, on_the_way)
        except OSError as error:
            raise _stopped(day, error) from error
        self._days.add(day)
        return Receipt(SendResult.SENT, remark("written-to", file=f"{day.name}/{stem}.eml"))

    def close(self) -> None:
        """Write each day's index page from the letters in its folder.

        Raises:
            ChannelStopped: a page could not be written; the letters lie there.
        """
        for day in self._days:
            try:
                _put(day / "index.html", _index(day, self.words))
            except OSError as error:
                raise _stopped(day, error) from error
        self._days.clear()


def _index(day: Path, words: Words) -> str:
    stems = [path.stem for path in sorted(day.glob("*.eml"))]
    items = [_item(stem, parts_of(_head(day / f"{stem}.eml")), words) for stem in stems]
    return page_of(words.say("pages", "letters_of", day=day.name), (items, ()), f"{stems[0]}.html", words)


def _head(letter: Path) -> bytes:
    """Return the headers of a letter file."""
    return letter.read_bytes().partition(b"\r\n\r\n")[0]


def _write(day: Path, stem: str, message: bytes, on_the_way: Callable[[], None]) -> None:
    # A crash never leaves half a letter under its own name, since a rename is atomic.
    laid_ready = day / f"{stem}.part"
    with laid_ready.open("wb") as file:
        file.write(message)
        file.flush()
        os.fsync(file.fileno())
    on_the_way()
    laid_ready.replace(day / f"{stem}.eml")


def _put(path: Path, page: str) -> None:
    laid_ready = path.with_suffix(".part")
    laid_ready.write_bytes(page.encode(errors="replace"))
    laid_ready.replace(path)


def _item(stem: str, parts: MessageParts, words: Words) -> str:
    name = parts.name or parts.address or stem
    return ready_item(Ready(name, parts.language, parts.subject, parts.address, f"{stem}.html"), words)


def stem_of(header: LetterHeader) -> str:
    """Return a unique file name without ending for a letter."""
    return "-".join((_plain(header.campaign), _plain(header.client), _plain(header.key[:8])))


def _plain(words: str) -> str:
    return "".join(character if character.isalnum() else "_" for character in words[:_STEM_PART_LENGTH]) or "_"


def _stopped(day: Path, error: OSError) -> ChannelStopped:
    return ChannelStopped(
        f"{day}: letters cannot be written there",
        why=_reason(error),
        next_step="make that folder writable, or free some space, then: sheetclerk run",
    )


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
