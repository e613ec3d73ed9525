"""Template files and words, read from the shop's folder over those that came with the program."""

import sys
import tomllib
from pathlib import Path
from typing import Any

from toolkit.book.words import ENGLISH, Lexicon, Words
from toolkit.errors import ConfigError
from toolkit.letters.writing import TemplateTexts

LAYOUT = "layout.html"
WORDS = "words.toml"


def starter(part: str) -> Path:
    """The folder `templates` or `shop` that came with the program.

    An installed wheel has both in toolkit/starter; a checkout has them at its top.
    """
    package = Path(sys.modules["toolkit"].__file__ or "").parent
    packed = package / "starter" / part
    in_checkout = {"templates": Path("templates"), "shop": Path("examples", "shop")}
    return packed if packed.is_dir() else package.parent / in_checkout[part]


def read_texts(own: Path | None) -> TemplateTexts:
    """Every template and word; a file in the shop's own folder stands before ours of the same name.

    Raises:
        ConfigError: a file cannot be read, or a words.toml is no TOML.
    """
    folders = [starter("templates"), *([own] if own and own.is_dir() else [])]
    texts: dict[tuple[str, str], str] = {}
    tables: dict[str, dict[str, Any]] = {}
    for folder in folders:
        for path in sorted(folder.glob("*/*.md")):
            texts[path.parent.name, path.stem] = _text(path)
        for path in sorted(folder.glob(f"*/{WORDS}")):
            _merge(tables.setdefault(path.parent.name, {}), _toml(path))
    layouts = [folder / LAYOUT for folder in folders if (folder / LAYOUT).is_file()]
    return TemplateTexts(texts=texts, layout=_text(layouts[-1]), lexicon=_lexicon(tables))


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
            f"{path} is not UTF-8 text", why="some of its letters cannot be read", next_step="save it again as UTF-8"
        ) from None
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        raise ConfigError(f"{path} cannot be read", why=why, next_step="let your user read that file") from None


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{path} cannot be used", why=str(error), next_step="mend that line; each word stands in quotes"
        ) from None
