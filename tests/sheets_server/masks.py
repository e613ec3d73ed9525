"""Field masks: the part of an answer that was asked for, and the parts of a tab that a request names."""

import re
from typing import Any, Final, TypeAlias

from tests.sheets_server.refusal import Json, Refusal, wrong

Mask: TypeAlias = dict[str, Any]

MARKS: Final = "(),./"
TOKEN: Final = re.compile(r"[A-Za-z_]\w*|\*|[(),./]")


def read_mask(text: str) -> Mask:
    """`a.b,c(d,e)` or with slashes, as a tree; an empty branch or `*` means all below."""
    tokens = TOKEN.findall(text)
    known = "".join(tokens) == re.sub(r"\s", "", text)
    try:
        mask = _branches(tokens)
    except IndexError as error:
        raise unreadable(text) from error
    if tokens or not known:
        raise unreadable(text)
    return mask


def unreadable(text: str) -> Refusal:
    """400: a mask that cannot be read."""
    return wrong(f"Invalid field selection {text}")


def _branches(tokens: list[str]) -> Mask:
    mask: Mask = {}
    while tokens:
        _path(tokens, mask)
        if not tokens or tokens[0] != ",":
            break
        tokens.pop(0)
    return mask


def _path(tokens: list[str], mask: Mask) -> None:
    name = tokens.pop(0)
    if name in MARKS:
        raise IndexError(name)
    branch = mask.setdefault(name, {})
    if tokens and tokens[0] == "(":
        tokens.pop(0)
        branch.update(_branches(tokens))
        if tokens.pop(0) != ")":
            raise IndexError(name)
    elif tokens and tokens[0] in "./":
        tokens.pop(0)
        _path(tokens, branch)


def masked(answer: Any, mask: Mask) -> Any:
    """The answer with only what the mask names."""
    if not mask or "*" in mask:
        return answer
    if isinstance(answer, list):
        return [masked(one, mask) for one in answer]
    if not isinstance(answer, dict):
        return answer
    return {name: masked(answer[name], below) for name, below in mask.items() if name in answer}


def assign(target: Json, given: Json, mask: Mask) -> None:
    """Set the masked fields of target to what is given; what is named and not given is cleared."""
    if "*" in mask:
        target.update(given)
        return
    for name, below in mask.items():
        if below:
            assign(target.setdefault(name, {}), given.get(name) or {}, below)
            if not target[name]:
                del target[name]
        elif given.get(name) is not None:
            target[name] = given[name]
        else:
            target.pop(name, None)
