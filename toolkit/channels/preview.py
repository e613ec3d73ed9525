"""A plan's letters in a folder to look at."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from toolkit.book import Words
from toolkit.campaigns.occasion import Held
from toolkit.channels.folder import stem_of
from toolkit.channels.index_page import HeldItem, Ready, index_page
from toolkit.errors import SetupError
from toolkit.letters.letter import Letter


def write_preview(folder: Path, letters: Sequence[Letter], held: Sequence[HeldItem], words: Words) -> Path:
    """Write a preview, and return the path of its index page.

    Raises:
        SetupError: the folder cannot be written.
    """
    try:
        return _laid(folder, letters, held, words)
    except OSError as error:
        why = error.strerror or "it cannot be written"
        raise SetupError(
            f"{folder}: no preview can be written there", why=why, next_step="make that folder writable, then again"
        ) from None


def held_entries(held: Iterable[Held], words: Words) -> list[HeldItem]:
    """Return the index page's items of held letters, in the shop's words."""
    return [_held_entry(letter, words) for letter in held]


def _held_entry(letter: Held, words: Words) -> HeldItem:
    reader, name = letter.occasion.reader, words.say("letters", letter.occasion.campaign)
    return HeldItem(reader.name, reader.language, name, reader.email, words.say("held", letter.code, **letter.values))


def _laid(folder: Path, letters: Sequence[Letter], held: Sequence[HeldItem], words: Words) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    entries = [_written(folder, letter) for letter in letters]
    page = folder / "index.html"
    html = index_page(words.say("pages", "preview"), entries, held, words)
    page.write_text(html, encoding="utf-8", errors="replace")
    return page


def _written(folder: Path, letter: Letter) -> Ready:
    header = letter.header
    stem = stem_of(header)
    (folder / f"{stem}.html").write_text(letter.html, encoding="utf-8", errors="replace")
    (folder / f"{stem}.txt").write_text(letter.text, encoding="utf-8", errors="replace")
    return Ready(header.name, header.language, header.subject, header.route.address, f"{stem}.html")
