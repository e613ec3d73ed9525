"""The output of `adopt`, `add` and `number`."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from shlex import quote
from typing import Final

from toolkit.app.commands.adopting import Adopted, Answers, FirstLook
from toolkit.book import Filled, Filling, Mapped
from toolkit.book.adopt.matching import OF_SLUG, Doubt
from toolkit.book.numbering import Unnumbered
from toolkit.book.tabs import TABS
from toolkit.report.sentences import plural

LOOK_UPS: Final = (
    "Add grey columns beside the clients (Tier, Spent, To next tier, Points, Discount, Check)? Each is one formula "
    "that shows what our tab Standing says. Nothing else of yours is written."
)
RECENT: Final = timedelta(days=60)
NAMES: Final = {tab.slug: tab.name for tab in TABS}


def look_lines(look: FirstLook) -> Iterator[str]:
    """Return what was found, and what is not sure."""
    if look.before is not None:
        yield from _changes(look)
        return
    names = ", ".join(f"{theirs} as {NAMES[slug]}" for slug, theirs in look.proposal.tabs.items())
    yield f"Looked at {look.title}: {plural(look.their_tabs, 'tab')}. Read: {names or 'none'}."
    for slug in look.proposal.tabs:
        yield from _tab_lines(slug, look)
    yield from _doubts(look.doubts)
    for name, headings in look.proposal.unread.items():
        if headings:
            yield f"Not read in {name}: {', '.join(headings)}"


def _changes(look: FirstLook) -> Iterator[str]:
    count = plural(len(look.changes), "change") if look.changes else "no changes"
    yield f"Looked at {look.title} again: {count}."
    for change in look.changes:
        was = f'was "{change.was}", ' if change.was else ""
        yield f'  {NAMES[change.tab]}, {change.field}: {was}now "{change.now}"'
    yield from _doubts(look.doubts)


def _tab_lines(slug: str, look: FirstLook) -> Iterator[str]:
    mapped = look.proposal.mapped.get(slug, Mapped())
    own = [name for name in look.proposal.columns[slug] if name not in mapped.columns]
    columns = [f"{name} = {' + '.join(map(str, places))}" for name, places in mapped.columns.items()]
    columns += [f'{name} = "{words}" in every row' for name, words in mapped.constants.items()]
    yield f"  {OF_SLUG[slug].name}: {', '.join([*columns, *own]) or 'as it is'}"
    if mapped.joins:
        yield f"    joined by {', '.join(map(str, mapped.joins))}"
    for name, words in mapped.values.items():
        meant = "; ".join(f"{', '.join(theirs)} mean {word}" for word, theirs in words.items())
        yield f"    {name}: {meant}"


def _doubts(doubts: Iterable[Doubt]) -> Iterator[str]:
    lines = [f"  {doubt.place}: {doubt.says}" if doubt.place else f"  {doubt.says}" for doubt in doubts]
    if lines:
        yield "Not sure:"
        yield from lines


def adopted_lines(adopted: Adopted, answers: Answers, *, asked: bool) -> Iterator[str]:
    """Return what was written."""
    settings = f"{answers.currency}, {answers.zone.key}, {answers.language}"
    guessed = "" if asked else " (guessed; change them under [shop])"
    yield f"Wrote {adopted.settings}: {settings}{guessed}."
    if adopted.country:
        yield f"Phone numbers without + are read as those of {adopted.country}, from the time zone ([shop] country)."
    if adopted.starters:
        names = ", ".join(NAMES[slug] for slug in adopted.starters)
        yield f"It holds starter tables for what the workbook lacks: {names}. Put in your own figures."
        yield f"`sheetclerk add {_quoted(NAMES[adopted.starters[0]])}` moves one into the workbook."


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name


def next_step(adopted: Adopted) -> str:
    """Return the next command to type."""
    folder = adopted.settings.parent.resolve()
    go = "" if folder == folder.cwd() else f"cd {quote(str(folder))} && "
    if not adopted.has_clients:
        return f"{go}sheetclerk check        (it says what is still missing)"
    last, today = adopted.last_bought, adopted.day
    if last is not None and today is not None and today - last > RECENT:
        return f"{go}sheetclerk run --as-of {last}        (the day of the last purchase; nothing is sent)"
    return f"{go}sheetclerk run        (nothing is sent)"


# Blank client numbers


def proposed_lines(workbook: str, clients: Sequence[Unnumbered]) -> Iterator[str]:
    """Return each blank number, its proposal, and the client."""
    blank = plural(len(clients), "blank client number") if clients else "every client has a number"
    yield f"{workbook}: {blank}"
    yield from (f"  {client.filling.place}  {client.filling.text}  {client.who}" for client in clients)


def filled_lines(workbook: str, clients: Sequence[Unnumbered], filled: Filled) -> Iterator[str]:
    """Return the filled cells, and those left with reasons."""
    names = _names(clients)
    yield f"Filled {len(filled.done)} of {len(clients)} in {workbook}."
    yield from (f"  left: {filling.place}  {names[filling.text]}: {why}" for filling, why in filled.left)


def numbers_as_json(workbook: str, clients: Sequence[Unnumbered], filled: Filled) -> str:
    """Return the object that `number --json` prints."""
    names = _names(clients)
    numbers = {
        "workbook": workbook,
        "filled": [_cell(filling, names) for filling in filled.done],
        "left": [{**_cell(filling, names), "why": why} for filling, why in filled.left],
    }
    return json.dumps(numbers, ensure_ascii=False, indent=1)


def _names(clients: Sequence[Unnumbered]) -> Mapping[str, str]:
    return {client.filling.text: client.who for client in clients}


def _cell(filling: Filling, names: Mapping[str, str]) -> dict[str, str]:
    return {"tab": filling.tab, "cell": filling.cell, "client": filling.text, "who": names[filling.text]}
