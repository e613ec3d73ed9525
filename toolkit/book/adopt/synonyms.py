"""A team's own words for our choices: Y for yes, shipped for delivered."""

from collections.abc import Mapping
from typing import Final

from toolkit.book.i18n import Lexicon, plain
from toolkit.book.parse.cells import CellParser, Choice, yes_no

SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "yes": ("y", "1", "true", "t", "x", "+", "v", "ok", "on", "д"),
    "no": ("n", "0", "false", "f", "-", "off", "н"),
    "paid": ("closed", "complete", "completed", "done", "закрыт", "выполнен"),
    "delivered": ("shipped", "received", "отгружен", "получен"),
    "ordered": ("open", "new", "pending", "новый", "в работе", "в обработке"),
    "cancelled": ("void", "отказ", "отмена"),
    "email": ("e", "mail"),
    "phone": ("tel", "call", "sms", "mobile"),
}


def options_of(read: CellParser) -> tuple[str, ...]:
    """What a column offers; nothing where it takes any text."""
    if read is yes_no:
        return ("yes", "no")
    return read.options if isinstance(read, Choice) else ()


def meant_by(
    values: frozenset[str], options: tuple[str, ...], lexicon: Lexicon
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Our word to theirs for values that our languages do not know, and the values that nobody knows."""
    strange = sorted(one for one in values if lexicon.meant(one, options) is None)
    meant = {option: tuple(one for one in strange if plain(one) in SYNONYMS.get(option, ())) for option in options}
    unknown = [one for one in strange if not any(one in words for words in meant.values())]
    return {option: words for option, words in meant.items() if words}, unknown
