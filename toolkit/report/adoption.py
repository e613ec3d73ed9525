"""What adopt and add tell on the terminal."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from shlex import quote

from toolkit.app.commands.adopting import Adopted, Answers, FirstLook
from toolkit.book.adopt.matching import OF_SLUG, Doubt
from toolkit.book.mapping import Mapped
from toolkit.book.tabs import TABS
from toolkit.report.sentences import many

LOOK_UPS = (
    "Lay grey columns beside the clients (Tier, Spent, To next tier, Points, Discount, Check)? Each is one formula "
    "that shows what our tab Standing says; nothing else of yours is written."
)
LATELY = timedelta(days=60)
NAMES = {tab.slug: tab.name for tab in TABS}


def look_lines(look: FirstLook) -> Iterator[str]:
    """What was found in a workbook, and what is not sure."""
    if look.before is not None:
        yield from _again(look)
        return
    names = ", ".join(f"{theirs} as {NAMES[slug]}" for slug, theirs in look.proposal.tabs.items())
    yield f"Looked at {look.title}: {many(look.their_tabs, 'tab')}. Read: {names or 'none'}."
    for slug in look.proposal.tabs:
        yield from _tab_lines(slug, look)
    yield from _doubts(look.doubts)
    for name, headings in look.proposal.unread.items():
        if headings:
            yield f"Not read in {name}: {', '.join(headings)}"


def _again(look: FirstLook) -> Iterator[str]:
    yield f"Looked at {look.title} again: {len(look.changes) or 'no'} change{'' if len(look.changes) == 1 else 's'}."
    for one in look.changes:
        was = f'was "{one.was}", ' if one.was else ""
        yield f'  {NAMES[one.tab]}, {one.field}: {was}now "{one.now}"'
    yield from _doubts(look.doubts)


def _tab_lines(slug: str, look: FirstLook) -> Iterator[str]:
    mapped = look.proposal.mapped.get(slug, Mapped())
    own = [name for name in look.proposal.columns[slug] if name not in mapped.columns]
    said = [f"{name} = {' + '.join(map(str, places))}" for name, places in mapped.columns.items()]
    said += [f'{name} = "{words}" in every row' for name, words in mapped.constants.items()]
    yield f"  {OF_SLUG[slug].name}: {', '.join([*said, *own]) or 'as it is'}"
    if mapped.joins:
        yield f"    joined by {', '.join(map(str, mapped.joins))}"
    for name, words in mapped.values.items():
        meant = "; ".join(f"{', '.join(said)} mean {word}" for word, said in words.items())
        yield f"    {name}: {meant}"


def _doubts(doubts: Iterable[Doubt]) -> Iterator[str]:
    told = [f"  {one.place}: {one.says}" if one.place else f"  {one.says}" for one in doubts]
    if told:
        yield "Not sure:"
        yield from told


def adopted_lines(adopted: Adopted, answers: Answers, *, asked: bool) -> Iterator[str]:
    """What was written."""
    taken = f"{answers.currency}, {answers.zone.key}, {answers.language}"
    how = "" if asked else " (taken without asking; change them under [shop])"
    yield f"Wrote {adopted.settings}: {taken}{how}."
    if adopted.country:
        yield f"Phone numbers without + are read as those of {adopted.country}, as the time zone says ([shop] country)."
    if adopted.starters:
        names = ", ".join(NAMES[slug] for slug in adopted.starters)
        yield f"It holds starter tables for what the workbook lacks: {names}. Put your own figures in."
        yield f"`sheetclerk add {_quoted(NAMES[adopted.starters[0]])}` moves one into the workbook."


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name


def next_step(adopted: Adopted) -> str:
    """The command that leads on: a run, where it can have clients, for a day on which something was bought lately."""
    folder = adopted.settings.parent.resolve()
    go = "" if folder == folder.cwd() else f"cd {quote(str(folder))} && "
    if not adopted.has_clients:
        return f"{go}sheetclerk check        (it says what a run still lacks)"
    last, today = adopted.last_bought, adopted.day
    if last is not None and today is not None and today - last > LATELY:
        return f"{go}sheetclerk run --as-of {last}        (the day of the last purchase; nothing is sent)"
    return f"{go}sheetclerk run        (nothing is sent)"
