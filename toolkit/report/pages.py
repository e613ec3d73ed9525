"""Pages of ours as files: a folder that cannot be written is told, not stumbled over."""

from pathlib import Path

from toolkit.errors import SetupError


def lay_page(path: Path, html: str) -> Path:
    """Write a page, over an earlier one, and return its path.

    Raises:
        SetupError: it cannot be written there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")
    except OSError as error:
        why, step = error.strerror or "the computer refuses it", "see that it may be written, then run this again"
        raise SetupError(f"{path} was not written", why=why, next_step=step) from None
    return path
