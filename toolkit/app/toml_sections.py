"""One section of sheetclerk.toml put in place of another, all other lines left as people wrote them."""

import re
from collections.abc import Sequence


def with_section(text: str, name: str, lines: Sequence[str]) -> str:
    """The text with a section's lines in place of the old ones; a section that was not there goes last.

    Args:
        text: a whole sheetclerk.toml.
        name: the section: tabs.clients.
        lines: its heading and keys; none takes the section away.
    """
    before, after = _around(text.splitlines(), name)
    new = [*lines, ""] if lines else []
    return "\n".join([*before, *new, *after]).rstrip("\n") + "\n"


def _around(lines: list[str], name: str) -> tuple[list[str], list[str]]:
    """The lines before a section and after it; comments right above the next section belong to that."""
    start = next((place for place, line in enumerate(lines) if _is_head(line, name)), None)
    if start is None:
        return [*lines, ""], []
    end = next((place for place in range(start + 1, len(lines)) if _is_another(lines[place], name)), len(lines))
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    after = lines[end:]
    while after and not after[0].strip():
        after.pop(0)
    return lines[:start], after


def _is_another(line: str, name: str) -> bool:
    """Whether a line begins a section that is no part of this one: tabs.clients.columns is a part of tabs.clients."""
    return _is_head(line) and not line.replace('"', "").startswith(f"[{name}.")


def _is_head(line: str, name: str = "") -> bool:
    """Whether a line begins a section; rows of a table are indented, so they never look like one."""
    found = re.match(r"\[([^\[\]]+)\]\s*(#.*)?$", line)
    return bool(found) and (not name or (found is not None and found[1].strip().replace('"', "") == name))
