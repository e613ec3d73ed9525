"""Our own words about a letter: kept as a code with its values, and said in whichever language somebody reads.

What a server said is kept and shown as it said it, and so are the words of journals of earlier versions.
"""

import json
from typing import Final

from toolkit.book.i18n import Words

_OURS: Final = '{"remark": '


def remark(code: str, **values: str) -> str:
    """What a journal keeps: a code of words.toml [remarks], and what its slots are filled with."""
    return json.dumps({"remark": code, **values}, ensure_ascii=False)


def told(kept: str, words: Words) -> str:
    """What a person reads of kept words."""
    if not kept.startswith(_OURS):
        return kept
    try:
        values: dict[str, object] = json.loads(kept)
    except ValueError:
        return kept
    code = str(values.pop("remark"))
    slots = {name: _slot(name, str(one), words) for name, one in values.items()}
    return words.say("remarks", code, **slots).strip()


def _slot(name: str, kept: str, words: Words) -> str:
    """A value in words; the slot {held} takes a code of [held]."""
    return words.say("held", kept) if name == "held" else told(kept, words)
