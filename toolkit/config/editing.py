"""Changes to a sheetclerk.toml that keep comments, order and spacing."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from toolkit.config.settings import TabMapping
from toolkit.config.writing import STARTER_HELP, tab_table, toml_name, toml_value
from toolkit.errors import ConfigError
from toolkit.sheets.files import put_all

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

FILE: Final = "sheetclerk.toml"
BOM: Final = "\ufeff"


def edit_settings(path: Path, change: Callable[[str], str], check: Callable[[str, str], object]) -> None:
    """Change a file of settings, or leave it as it was.

    Args:
        path: the file.
        change: makes the new text from the old one.
        check: reads the new text of a file of that name; raises if it cannot be used.

    Raises:
        ConfigError: the edit cannot be made.
        WorkbookBusy: the file cannot be written.
    """
    before = path.read_bytes().decode()
    after = change(before)
    if after != before:
        check(after.removeprefix(BOM), path.name)
        put_all({path: after.encode()})


def with_setting(text: str, section: str, name: str, value: object) -> str:
    """Set one key of a section, over the comment that shows it if there is one.

    Raises:
        ConfigError: the text is written in a way that cannot be edited.
    """
    expected = _tables(text, section)
    _table(expected, section)[name] = _plain(value)
    return _edited(text, section, expected, lambda document: _set(document, section, name, value))


def with_table(text: str, section: str, values: Mapping[str, object]) -> str:
    """Set the keys of a section such as tabs.clients, and delete its others.

    Raises:
        ConfigError: the text is written in a way that cannot be edited.
    """
    expected = _tables(text, section)
    table = _table(expected, section)
    table.clear()
    table.update({name: _plain(value) for name, value in values.items()})
    return _edited(text, section, expected, lambda document: _replace(document, section, values))


def without_table(text: str, section: str) -> str:
    """Delete a section, but not the comments above the next one.

    Raises:
        ConfigError: the text is written in a way that cannot be edited.
    """
    expected = _tables(text, section)
    parent, _, name = section.rpartition(".")
    _table(expected, parent).pop(name, None)
    return _edited(text, section, expected, lambda document: _delete(document, section))


def with_tab(text: str, slug: str, mapping: TabMapping) -> str:
    """Set the mapping of one tab."""
    return with_table(text, f"tabs.{slug}", tab_table(mapping))


def without_starter(text: str, slug: str) -> str:
    """Delete one starter table, and the help above them with the last."""
    left = without_table(text, f"starter.{slug}")
    if tomllib.loads(left.removeprefix(BOM)).get("starter"):
        return left
    for end in ("\n", "\r\n"):
        left = left.replace((STARTER_HELP + "\n\n").replace("\n", end), "")
    return left


def _edited(text: str, section: str, expected: Mapping[str, Any], change: "Callable[[TOMLDocument], str]") -> str:
    """Return the changed text, if only what was asked for is different."""
    import tomlkit  # noqa: PLC0415 - 40 ms that only commands which change settings need

    body = text.removeprefix(BOM)
    try:
        after = change(tomlkit.parse(body))
        if "\r\n" in body and not re.search(r"(?<!\r)\n", body):
            after = re.sub(r"(?<!\r)\n", "\r\n", after)
        is_right = _pruned(tomllib.loads(after)) == _pruned(expected)
    except (tomlkit.exceptions.TOMLKitError, tomllib.TOMLDecodeError, TypeError, ValueError):
        is_right = False
    if not is_right:
        raise _refused(section)
    return text[: len(text) - len(body)] + after


def _refused(section: str) -> ConfigError:
    return ConfigError(
        f"{FILE}, [{section}] was not changed",
        why="the section is written in a way that cannot be edited here",
        next_step=f"write it as [{section}] on a line of its own, its keys below it; then the same command again",
    )


def _set(document: "TOMLDocument", section: str, name: str, value: object) -> str:
    table = _found(document, section)
    if table is None:
        return _with_section(document.as_string(), section, {name: value})
    if name in table or not _uncommented(table, name, value):
        _put(table, name, value)
    return document.as_string()


def _replace(document: "TOMLDocument", section: str, values: Mapping[str, object]) -> str:
    table = _found(document, section)
    if table is None:
        return _with_section(document.as_string(), section, values)
    for name in [name for name in table if name not in values]:
        del table[name]
    for name, value in values.items():
        _put(table, name, value)
    return document.as_string()


def _delete(document: "TOMLDocument", section: str) -> str:
    table = _found(document, section)
    if table is None:
        return document.as_string()
    headers = {section, *_emptied(table, section)}
    lines = document.as_string().splitlines(keepends=True)
    if any(_header(line) == section for line in lines):
        return "".join(_without_headers(lines, headers))
    parent, _, name = section.rpartition(".")
    del document[parent][name]  # an inline table or dotted keys
    return document.as_string()


def _emptied(table: Any, section: str) -> Iterator[str]:
    """Delete all keys of a section, and yield the names of the sections below it."""
    from tomlkit.items import Table  # noqa: PLC0415 - as above

    for name in list(table):
        if isinstance(table[name], Table):
            yield f"{section}.{name}"
            yield from _emptied(table[name], f"{section}.{name}")
        else:
            del table[name]


def _without_headers(lines: list[str], headers: set[str]) -> Iterator[str]:
    """Leave out header lines and the blank lines right below them."""
    is_below = False
    for line in lines:
        is_header = _header(line) in headers
        if not is_header and not (is_below and not line.strip()):
            yield line
        is_below = is_header or (is_below and not line.strip())


def _header(line: str) -> str:
    """Return the section that a header line opens, or "" for any other line."""
    try:
        tables: Any = tomllib.loads(line) if line.lstrip().startswith("[") else {}
    except tomllib.TOMLDecodeError:
        return ""
    names = []
    while isinstance(tables, dict) and tables:
        name, tables = next(iter(tables.items()))
        names.append(name)
    return ".".join(names) if tables == {} else ""


def _found(document: "TOMLDocument", section: str) -> Any:
    table: Any = document
    for name in section.split("."):
        table = table.get(name)
        if table is None:
            return None
    return table


def _put(table: Any, name: str, value: object) -> None:
    """Set a key, or a table below it key by key."""
    import tomlkit  # noqa: PLC0415 - as above

    old = table.get(name)
    if isinstance(value, Mapping) and isinstance(old, tomlkit.items.Table):
        for key in [key for key in old if key not in value]:
            del old[key]
        for key, text in value.items():
            _put(old, key, text)
    elif old != _plain(value):
        # tomlkit (0.13 to 0.15) counts comments above the next header to this table, and would add the key below them
        body = table.value.body if isinstance(table, tomlkit.items.Table) and old is None else []
        keys = max((place for place, (key, _) in enumerate(body) if key is not None), default=-1) + 1
        below = body[keys:]
        del body[keys:]
        table[name] = tomlkit.value(toml_value(value))
        body.extend(below)


def _uncommented(table: Any, name: str, value: object) -> bool:
    """Write the setting over a comment that shows it, and return True if there was one."""
    from tomlkit.items import Comment, Table  # noqa: PLC0415 - as above

    items = [item for _, item in table.value.body] if isinstance(table, Table) else []
    for item in items:
        if isinstance(item, Comment) and re.match(rf"#\s*{re.escape(name)}\s*=", item.trivia.comment):
            item.trivia.comment = f"{toml_name(name)} = {toml_value(value)}"
            return True
    return False


def _with_section(text: str, section: str, values: Mapping[str, object]) -> str:
    lines = [f"{toml_name(name)} = {toml_value(value)}" for name, value in values.items()]
    header = ".".join(map(toml_name, section.split(".")))
    return "\n".join([text.rstrip(), "", f"[{header}]", *lines, ""]).lstrip("\n")


def _tables(text: str, section: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.removeprefix(BOM))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{FILE}, [{section}] was not changed",
            why=f"the file is not TOML: {error}",
            next_step="fix that line, then the same command again",
        ) from None


def _table(tables: dict[str, Any], section: str) -> dict[str, Any]:
    for name in section.split("."):
        tables = tables.setdefault(name, {})
        if not isinstance(tables, dict):
            raise _refused(section)
    return tables


def _plain(value: object) -> Any:
    """Return a value as a reader of TOML gives it."""
    return tomllib.loads(f"value = {toml_value(value)}")["value"]


def _pruned(tables: Any) -> Any:
    """Return tables without those that hold nothing."""
    if not isinstance(tables, dict):
        return tables
    pruned = {name: _pruned(value) for name, value in tables.items()}
    return {name: value for name, value in pruned.items() if value != {}}
