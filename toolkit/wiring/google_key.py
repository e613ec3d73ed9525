"""Where the key of a Google Sheet lies on this computer: the environment, then a file that only its owner can read."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.errors import SecretMissing, SetupError
from toolkit.wiring.safe_box import config_folder, refuse_git, refuse_open

if TYPE_CHECKING:
    from toolkit.sheets.google.key import Key

ENVIRONMENT: Final = "SHEETCLERK_GOOGLE_KEY"
"""Names the key file, or holds its whole content."""

USUAL: Final = "google-key.json"


def key_file(name: str) -> Path:
    """Where a key file of that name lies, or would lie."""
    return config_folder() / (name or USUAL)


def find_key(name: str) -> "Key":
    """The key, checked.

    Args:
        name: the file's name as [book] key_file says; "" is google-key.json.

    Raises:
        SecretMissing: there is none, it is none, or others can read it.
    """
    given = os.environ.get(ENVIRONMENT, "")
    if given.lstrip().startswith("{"):
        return _checked(given, ENVIRONMENT)
    return read_key(Path(given) if given else key_file(name))


def read_key(path: Path) -> "Key":
    """The key in a file that only its owner can read, outside of every git work tree.

    Raises:
        SecretMissing: the file is not there, others can read it, or it is no key.
    """
    if not path.is_file():
        raise SecretMissing(
            f"the key file {path} is not there",
            why="a Google Sheet opens only with the key of a service account",
            next_step="sheetclerk connect google        (it leads through the four steps)",
        )
    refuse_git(path)
    refuse_open(path)
    return _checked(_text(path), path.name)


def keep_key(path: Path, name: str) -> "Key":
    """Check a key that was downloaded, and copy it to where it is kept, for its owner's eyes only.

    Raises:
        SecretMissing: it is no key, or would lie inside a git work tree.
        SetupError: it cannot be kept there.
    """
    key, kept = _checked(_text(path), path.name), key_file(name)
    refuse_git(kept)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = kept.with_suffix(".part")
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        shutil.copyfile(path, part)
        part.replace(kept)
    except OSError as error:
        why = error.strerror or "the folder cannot be written"
        step = "make it writable, or point SHEETCLERK_CONFIG to another folder"
        raise SetupError(f"{kept.parent}: the key cannot be kept there", why=why, next_step=step) from None
    return key


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text file"
        raise SecretMissing(f"{path} cannot be read", why=why, next_step="name the .json file with --key") from None


def _checked(text: str, name: str) -> "Key":
    from toolkit.sheets.google.key import key_in  # noqa: PLC0415 - google-auth takes 0.3 s to load

    return key_in(text, name)
