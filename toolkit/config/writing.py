"""The writer of a new sheetclerk.toml."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from toolkit.config.key import Setting, keys_of
from toolkit.config.settings import JOB, SECTIONS, Config, StarterTable, TabMapping
from toolkit.rules.recurrence import Recurrence

_HEAD: Final = """\
# The settings of one shop. A line that begins with # is only read by people; take the # away to use its setting.
# Passwords and other secrets never stand here."""
_TABS: Final = "# Tabs and headings that the team calls by names of its own, one section a tab, such as [tabs.clients]."
STARTER_HELP: Final = """\
# The workbook has no tabs for these, so their rows stand here and are only a start: put your own figures in, or
# move a table into the workbook with `sheetclerk add TAB`."""
_TIMETABLE: Final = "# Jobs that run by themselves: a job = when, in words."
_ESCAPES: Final = {
    **{code: f"\\u{code:04x}" for code in (*range(0x20), 0x7F)},
    **{ord(mark): f"\\{name}" for mark, name in {"\n": "n", "\t": "t", "\r": "r", '"': '"', "\\": "\\"}.items()},
}


def config_text(config: Config) -> str:
    """Return the text of sheetclerk.toml, with help for every key.

    Keys that are not set stand there as comments, with an example.
    """
    sections = {name: _section(name, getattr(config, name)) for name in SECTIONS}
    tabs = _tabs(config.tabs)
    starter = [[line] for line in [STARTER_HELP] if config.starter]
    starter += [starter_lines(name, table) for name, table in config.starter.items()]
    timetable = [_TIMETABLE, "[timetable]", *_jobs(config.timetable)]
    blocks = [[_HEAD], sections.pop("shop"), sections.pop("book"), tabs, *starter, *sections.values(), timetable]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def tab_lines(name: str, mapping: TabMapping) -> list[str]:
    """Return the section of one tab's mapping."""
    return [f"[tabs.{toml_name(name)}]", *(f"{key} = {toml_value(value)}" for key, value in tab_table(mapping).items())]


def tab_table(mapping: TabMapping) -> Mapping[str, object]:
    """Return the keys of one tab's mapping that are set."""
    return {key: getattr(mapping, key) for key in keys_of(TabMapping) if getattr(mapping, key)}


def starter_lines(name: str, table: StarterTable) -> list[str]:
    """Return the section of one starter table, a line for each row."""
    rows = [f"  {toml_value(row)}," for row in table.rows]
    headings = f"headings = {toml_value(table.headings)}"
    return [f"[starter.{toml_name(name)}]", headings, *(["rows = [", *rows, "]"] if rows else ["rows = []"])]


def toml_value(value: object) -> str:
    """Return a typed value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(map(toml_value, value))}]"
    if isinstance(value, Mapping):
        inside = ", ".join(f"{toml_name(name)} = {toml_value(item)}" for name, item in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    return f'"{str(value).translate(_ESCAPES)}"'


def toml_name(name: str) -> str:
    """Return a key or section name, quoted if TOML needs it."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else toml_value(name)


def _section(name: str, settings: object) -> list[str]:
    return [f"[{name}]", *_lines(settings)]


def _lines(settings: object) -> Iterator[str]:
    for name, (attribute, key) in keys_of(type(settings)).items():
        yield f"# {key.says}"
        yield _setting(name, getattr(settings, attribute), key)


def _setting(name: str, value: object, key: Setting) -> str:
    unset = value == key.default and not value and not isinstance(value, bool)
    return f"# {name} = {toml_value(key.example)}" if unset else f"{name} = {toml_value(value)}"


def _tabs(tabs: Mapping[str, TabMapping]) -> list[str]:
    written = [line for name, mapping in tabs.items() for line in ("", *tab_lines(name, mapping))]
    return [_TABS, *(written[1:] or _commented(_section("tabs.clients", TabMapping())))]


def _commented(lines: Iterable[str]) -> list[str]:
    return [line if line.startswith("#") else f"# {line}" for line in lines]


def _jobs(timetable: Mapping[str, Recurrence]) -> list[str]:
    if not timetable:
        return [f"# weekly = {toml_value(JOB.example)}"]
    return [f"{toml_name(job)} = {toml_value(words)}" for job, words in timetable.items()]
