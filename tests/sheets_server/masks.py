"""Field masks: the part of an answer that was asked for, and the parts of a tab that a request names."""

import re
from typing import Any, Final, TypeAlias

from tests.sheets_server.refusal import Json, wrong

Mask: TypeAlias = dict[str, Any]

TOKEN: Final = re.compile(r"[A-Za-z_]\w*|\*|[(),./]")


def read_mask(text: str) -> Mask:
    """`a.b,c(d,e)` or with slashes, as a tree; an empty branch or `*` means all below."""
    tokens = TOKEN.findall(text)
    if "".join(tokens) != re.sub(r"\s", "", text):
        raise wrong(f"Invalid field selection {text}")
    mask = _branches(tokens)
    if tokens:
        raise wrong(f"Invalid field selection {text}")
    return mask


def _branches(tokens: list[str]) -> Mask:
    mask: Mask = {}
    while tokens and tokens[0] != ")":
        _path(tokens, mask)
        if tokens and tokens[0] == ",":
            tokens.pop(0)
    return mask


def _path(tokens: list[str], mask: Mask) -> None:
    branch = mask.setdefault(tokens.pop(0), {})
    if not tokens or tokens[0] in ",)":
        return
    mark = tokens.pop(0)
    if mark == "(":
        branch.update(_branches(tokens))
        if tokens:
            tokens.pop(0)
    elif mark in "./" and tokens:
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


def paths(mask: Mask, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Each leaf of a mask as a path of names."""
    if not mask:
        return [above]
    return [path for name, below in mask.items() for path in paths(below, (*above, name))]


def assign(target: Json, given: Json, mask: Mask) -> None:
    """Set the masked fields of target to what is given; what is named and not given is cleared."""
    if "*" in mask:
        target.update(given)
        return
    for name, below in mask.items():
        if below and isinstance(given.get(name, {}), dict):
            assign(target.setdefault(name, {}), given.get(name, {}), below)
            if not target[name]:
                del target[name]
        elif name in given and given[name] is not None:
            target[name] = given[name]
        else:
            target.pop(name, None)
