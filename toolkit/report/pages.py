"""Layouts filled by Jinja, and page files."""

from importlib.resources import files
from pathlib import Path

from toolkit.errors import SetupError


def render_layout(name: str, /, **values: object) -> str:
    """Fill a layout, with every value escaped."""
    import jinja2  # noqa: PLC0415 - it takes time to load, and --help needs no page

    room = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return room.from_string(files("toolkit.report").joinpath(name).read_text(encoding="utf-8")).render(**values)


def write_page(path: Path, html: str) -> Path:
    """Write a page, and return its path.

    Raises:
        SetupError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")
    except OSError as error:
        raise _not_writable(path, error) from None
    return path


def check_writable(folder: Path) -> None:
    """Make a folder for pages, before the first letter leaves.

    Raises:
        SetupError: it cannot be made or written.
    """
    try:
        folder.mkdir(exist_ok=True)
        (folder / ".writable").touch()
        (folder / ".writable").unlink()
    except OSError as error:
        raise _not_writable(folder, error) from None


def _not_writable(path: Path, error: OSError) -> SetupError:
    why = error.strerror or "the system refuses it"
    return SetupError(f"Can't write {path}", why=why, next_step="make it writable, then run this again")
