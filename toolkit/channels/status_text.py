"""Our words about a letter, kept as codes.

What a server said is kept and shown as it said it, and so are the words of journals of earlier versions.
"""

import json
from typing import Final

from toolkit.book import Words

_OURS: Final = '{"remark": '


def remark(code: str, **values: str) -> str:
    """Return a code of words.toml [remarks] with its values, as journals keep it."""
    return json.dumps({"remark": code, **values}, ensure_ascii=False)


def render_remark(kept: str, words: Words) -> str:
    """Return kept words as a person reads them."""
    if not kept.startswith(_OURS):
        return kept
    try:
        values: dict[str, object] = json.loads(kept)
    except ValueError:
        return kept
    code = str(values.pop("remark"))
    slots = {name: _slot(name, str(value), words) for name, value in values.items()}
    return words.say("remarks", code, **slots).strip()


def _slot(name: str, kept: str, words: Words) -> str:
    """Return a value in words, or the sentence of a [held] code."""
    return words.say("held", kept) if name == "held" else render_remark(kept, words)
