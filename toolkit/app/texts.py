"""Templates and words, from the shop's folder or the program."""

import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from string import Formatter
from typing import Any

from toolkit.book import Lexicon, Words
from toolkit.book.i18n import ENGLISH
from toolkit.errors import ConfigError
from toolkit.letters.writer import TemplateTexts

LAYOUT = "layout.html"
WORDS_FILE = "words.toml"


def starter(part: str) -> Path:
    """Return the folder `templates` or `shop` that came with the program.

    An installed wheel has both in toolkit/starter; a checkout has them at its top.
    """
    package = Path(sys.modules["toolkit"].__file__ or "").parent
    packed = package / "starter" / part
    in_checkout = {"templates": Path("templates"), "shop": Path("examples", "shop")}
    return packed if packed.is_dir() else package.parent / in_checkout[part]


def read_texts(own: Path | None) -> TemplateTexts:
    """Read every template and word, the shop's own before ours.

    Raises:
        ConfigError: a file cannot be read, or a words.toml is no TOML.
    """
    folders = [starter("templates"), *([own] if own and own.is_dir() else [])]
    texts: dict[tuple[str, str], str] = {}
    tables: dict[str, dict[str, Any]] = {}
    for folder in folders:
        for path in sorted(folder.glob("*/*.md")):
            texts[path.parent.name, path.stem] = _text(path)
        for path in sorted(folder.glob(f"*/{WORDS_FILE}")):
            given = _toml(path)
            check_words(path, given, tables.get(ENGLISH, {}))
            _merge(tables.setdefault(path.parent.name, {}), given)
    layouts = [folder / LAYOUT for folder in folders if (folder / LAYOUT).is_file()]
    return TemplateTexts(texts=texts, layout=_text(layouts[-1]), lexicon=_lexicon(tables))


def check_words(path: Path, given: Mapping[str, Any], english: Mapping[str, Any]) -> None:
    """Return quietly if a words.toml can be used.

    Raises:
        ConfigError: it cannot, with the key that is wrong.
    """
    for section, values in given.items():
        wanted = english.get(section, {})
        if isinstance(values, str) and section == "language":
            continue
        if not isinstance(values, dict):
            raise _wrong(path, section, "a section [...] of words stands here")
        for key, value in values.items():
            _check_word(path, f"[{section}] {key}", value, wanted.get(key))


def _check_word(path: Path, place: str, value: Any, wanted: Any) -> None:
    if isinstance(wanted, dict) or isinstance(value, dict):
        if not isinstance(value, dict) or {"says", "fix"} - value.keys():
            raise _wrong(path, place, "it needs two sentences, says and fix")
        for name, sentence in value.items():
            _check_word(path, f"{place} {name}", sentence, wanted.get(name) if isinstance(wanted, dict) else None)
    elif isinstance(value, list) and all(isinstance(word, str) and word for word in value) and value:
        return
    elif isinstance(wanted, list) or not isinstance(value, str):
        raise _wrong(path, place, 'a choice is a list of words, such as ["yes"]; anything else one text in quotes')
    else:
        _check_slots(path, place, value)


def _check_slots(path: Path, place: str, sentence: str) -> None:
    try:
        slots = [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
    except ValueError:
        raise _wrong(path, place, "a { is not closed, or a } stands alone") from None
    if odd := next((name for name in slots if not name.isidentifier()), None):
        raise _wrong(path, place, f"{{{odd}}} is not a slot")


def _wrong(path: Path, place: str, why: str) -> ConfigError:
    return ConfigError(f"{path}, {place} cannot be used", why=why, next_step="compare it with templates/en/words.toml")


def _merge(table: dict[str, Any], over: dict[str, Any]) -> None:
    for section, values in over.items():
        if isinstance(values, dict):
            table.setdefault(section, {}).update(values)
        else:
            table[section] = values


def _lexicon(tables: dict[str, dict[str, Any]]) -> Lexicon:
    english = Words(ENGLISH, tables[ENGLISH])
    others = {code: Words(code, table, english) for code, table in tables.items() if code != ENGLISH}
    return Lexicon({ENGLISH: english, **others})


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ConfigError(
            f"{path} is not UTF-8 text", why="some of its characters cannot be read", next_step="save it again as UTF-8"
        ) from None
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        raise ConfigError(f"{path} cannot be read", why=why, next_step="allow your account to read that file") from None


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{path} cannot be used", why=str(error), next_step="fix that line; every text needs quotes"
        ) from None
