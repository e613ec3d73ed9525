"""The reader of sheetclerk.toml."""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

from toolkit.book import nearest
from toolkit.config.key import Setting, keys_of
from toolkit.config.kinds import Unusable, shown
from toolkit.config.settings import JOB, SECTIONS, Config, StarterTable, TabMapping
from toolkit.config.writing import toml_name, toml_value
from toolkit.errors import ConfigError
from toolkit.rules.recurrence import Recurrence

_SECRET: Final = re.compile("^pass$|passw|passphrase|pwd|token|secret|api_?key", re.IGNORECASE)
_ALL_SECTIONS: Final = (*SECTIONS, "tabs", "starter", "timetable")
_LINE: Final = re.compile(r" \((?:at line (\d+), column \d+|at end of document)\)")
"""The end of tomllib's messages; up to Python 3.13 its error has no attribute for the line."""


def read_config(path: Path) -> Config:
    """Read a file of settings.

    Raises:
        ConfigError: the file is not there, cannot be read, or a word in it cannot be used.
    """
    return config_of(_text(path, _Place(path.name)), path.name)


def config_of(text: str, name: str) -> Config:
    """Read the text of a file of settings.

    Raises:
        ConfigError: a word in it cannot be used.
    """
    place = _Place(name)
    tables = _tables(text, place)
    _refuse_secrets(tables, place)
    return _config(tables, place)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in the settings, such as [shop] currency."""

    file: str
    section: str = ""
    key: str = ""

    def __str__(self) -> str:
        inside = " ".join(filter(None, (self.section and f"[{self.section}]", self.key)))
        return f"{self.file}, {inside}" if inside else self.file

    def key_named(self, key: str) -> "_Place":
        """Return a key of this section."""
        return _Place(self.file, self.section, shown(key)[1:-1])

    def section_named(self, name: str) -> "_Place":
        """Return a section of this file or section."""
        parts = (self.section, toml_name(name))
        return _Place(self.file, ".".join(filter(None, parts)))

    def refuse(self, why: str, next_step: str) -> NoReturn:
        """Stop with the three lines."""
        raise ConfigError(str(self), why=why, next_step=next_step) from None


def _text(path: Path, place: _Place) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        place.refuse(f"there is no such file in {path.parent}", "sheetclerk init shop, or go to the shop's folder")
    except OSError as error:
        place.refuse(f"the file cannot be read: {error.strerror}", f"allow your account to read {path}")
    except UnicodeDecodeError:
        place.refuse("the file is not saved as UTF-8 text", "save it again as UTF-8 in the editor")


def _tables(words: str, place: _Place) -> Mapping[str, object]:
    try:
        return tomllib.loads(words)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a plain ValueError
        why = _LINE.sub("", str(error))
        next_step = 'fix it; a setting looks like this, its text in quotes: name = "Duka la Juma"'
        place.key_named(_line_of(error, words)).refuse(f"this is not TOML: {why[:1].lower()}{why[1:]}", next_step)


def _line_of(error: Exception, words: str) -> str:
    match = _LINE.search(str(error))
    return f"line {match[1] or len(words.splitlines())}" if match else ""


def _refuse_secrets(value: object, place: _Place, name: str = "") -> None:
    if _SECRET.search(name):
        why = "secrets do not belong here, where anyone who can open the folder can read them"
        place.key_named(name).refuse(why, "delete this line; keep secrets in the environment")
    if isinstance(value, list):
        for nested in value:
            _refuse_secrets(nested, place, "")
    elif isinstance(value, dict):
        for key, nested in value.items():
            _refuse_secrets(nested, place.section_named(name) if name else place, str(key))


def _config(tables: Mapping[str, object], place: _Place) -> Config:
    _refuse_unknown(tables, _ALL_SECTIONS, place)
    fixed = {
        name: _section(settings, tables.get(name, {}), place.section_named(name)) for name, settings in SECTIONS.items()
    }
    return Config(
        **fixed,
        tabs=_named(TabMapping, "tabs", tables, place),
        starter=_named(StarterTable, "starter", tables, place),
        timetable=_timetable(tables, place.section_named("timetable")),
    )


def _named(kind: type[Any], name: str, tables: Mapping[str, object], place: _Place) -> Mapping[str, Any]:
    """Read the sections below one name, such as [tabs.clients]."""
    inside = place.section_named(name)
    sections = _table(tables.get(name, {}), inside)
    return {key: _section(kind, table, inside.section_named(key)) for key, table in sections.items()}


def _timetable(tables: Mapping[str, object], place: _Place) -> Mapping[str, Recurrence]:
    jobs = _table(tables.get("timetable", {}), place)
    return {job: _value(JOB, words, place.key_named(job)) for job, words in jobs.items()}


def _section(settings: type[Any], value: object, place: _Place) -> Any:
    table, keys = _table(value, place), keys_of(settings)
    _refuse_unknown(table, keys, place)
    return settings(
        **{keys[name][0]: _value(keys[name][1], given, place.key_named(name)) for name, given in table.items()}
    )


def _value(key: Setting, value: object, place: _Place) -> Any:
    if value == key.default == "":
        return value
    try:
        return key.reads(value)
    except Unusable as error:
        written = f"write it as: {place.key} = {toml_value(key.example)}"
        place.refuse(f"{error.why}. {key.says}", f'did you mean "{error.near}"?' if error.near else written)


def _table(value: object, place: _Place) -> Mapping[str, object]:
    if not isinstance(value, dict):
        place.refuse(
            f"{shown(value)} is not a section", f"write [{place.section}] on a line of its own, its keys below it"
        )
    return value


def _refuse_unknown(names: Collection[str], known: Collection[str], place: _Place) -> None:
    for name in names:
        if name not in known:
            what = "key" if place.section else "section"
            place.key_named(name).refuse(f"there is no such {what}", _where_to(name, known))


def _where_to(name: str, known: Collection[str]) -> str:
    homes = [f"[{section}]" for section, settings in SECTIONS.items() if name in keys_of(settings)]
    if homes:
        return f"move it below {' or '.join(homes)}"
    near = nearest(name, known)
    return f"did you mean {near}?" if near else f"choose from: {', '.join(known)}"
