"""The mapping of sheetclerk.toml, checked for the book."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from toolkit.book import Grid, Mapped, Tab, nearest
from toolkit.book.mapping import MARK, ColumnRef, Join
from toolkit.book.parse.cells import is_blank
from toolkit.book.tabs import TABS
from toolkit.config import Config, TabMapping
from toolkit.errors import ConfigError

SETTINGS: Final = "sheetclerk.toml"
MOST_JOINS: Final = 2
OF_SLUG: Final[Mapping[str, Tab[Any]]] = {tab.slug: tab for tab in TABS}


def mapped_of(config: Config) -> Mapping[str, Mapped]:
    """Return every tab's mapping.

    Raises:
        ConfigError: a tab or field that we do not know, a field that is said twice, a join that leads nowhere or too
            far.
    """
    return {slug: _checked(slug, mapping) for slug, mapping in config.tabs.items()}


def starter_of(config: Config) -> Mapping[str, Grid]:
    """Return every starter table, headings first.

    Raises:
        ConfigError: a tab that we do not know.
    """
    for slug in config.starter:
        _tab("starter", slug)
    return {slug: (table.headings, *table.rows) for slug, table in config.starter.items()}


def _tab(section: str, slug: str) -> Tab[Any]:
    if slug not in OF_SLUG:
        raise _refused(f"[{section}.{slug}]", "there is no such tab of ours", _meant(slug, OF_SLUG))
    return OF_SLUG[slug]


def _checked(slug: str, mapping: TabMapping) -> Mapped:
    tab, section = _tab("tabs", slug), f"[tabs.{slug}]"
    joins = tuple(_join(section, written) for written in mapping.joins)
    columns = {name: tuple(map(ColumnRef.of, _listed(places))) for name, places in mapping.columns.items()}
    values = {
        name: {ours: _words(written) for ours, written in words.items()} for name, words in mapping.values.items()
    }
    mapped = Mapped(mapping.tab, columns, joins, mapping.constants, values)
    _refuse_fields(section, mapped, [column.field for column in tab.columns])
    _refuse_paths(section, mapped)
    return mapped


def _listed(written: str | tuple[str, ...]) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else written


def _words(written: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in written.split(",") if not is_blank(word))


def _join(section: str, written: str) -> Join:
    if (found := Join.of(written)) is None:
        why = f'"{written}" does not say which cell stands in which column of another tab'
        raise _refused(f"{section} joins", why, 'write it as: joins = ["OrderID = Orders!OrderID"]')
    return found


def _refuse_fields(section: str, mapped: Mapped, known: list[str]) -> None:
    for name in (*mapped.columns, *mapped.constants, *mapped.values):
        if name not in known:
            raise _refused(f"{section} {name}", "there is no such column of ours", _meant(name, known))
    for name in mapped.columns:
        if name in mapped.constants:
            why = "it has a column and a constant, and only one can stand in a row"
            raise _refused(f"{section} {name}", why, "delete it from columns or from constants")
        if not mapped.columns[name] or not all(place.heading for place in mapped.columns[name]):
            raise _refused(f"{section} {name}", "no heading is named", f'write it as: {name} = "Heading"')
    for name in mapped.values.keys() - mapped.columns.keys():
        raise _refused(f"{section} values", f"{name} has words, but no column", f"name its heading in columns: {name}")


def _refuse_paths(section: str, mapped: Mapped) -> None:
    tabs = [join.to.tab for join in mapped.joins]
    for tab in (name for name in tabs if tabs.count(name) > 1):
        raise _refused(f"{section} joins", f"{tab} is joined twice", "keep one of the two joins")
    for place in _places(mapped):
        chain = mapped.chain(place.tab)
        if place.tab and not chain:
            step = f'add a join to it: joins = ["... = {place.tab}{MARK}..."]'
            raise _refused(f"{section} {place}", f"no join leads to {place.tab}", step)
        if len(chain) > MOST_JOINS:
            why = f"it lies {len(chain)} joins away, and at most {MOST_JOINS} are built"
            raise _refused(f"{section} {place}", why, "put that column into a nearer tab by a look-up formula")


def _places(mapped: Mapped) -> Iterator[ColumnRef]:
    yield from (place for places in mapped.columns.values() for place in places)
    yield from (join.to for join in mapped.joins)


def _meant(name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f"did you mean {near}?" if near else f"choose from: {', '.join(known)}"


def _refused(where: str, why: str, next_step: str) -> ConfigError:
    return ConfigError(f"{SETTINGS}, {where}", why=why, next_step=next_step)
