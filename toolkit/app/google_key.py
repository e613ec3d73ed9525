"""The key of a Google Sheet, in the environment or in a private file."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.app.secrets_store import config_folder, refuse_git, refuse_open
from toolkit.errors import SecretMissing, SetupError

if TYPE_CHECKING:
    from toolkit.sheets.google.account_key import AccountKey

ENVIRONMENT: Final = "SHEETCLERK_GOOGLE_KEY"
"""Names the key file, or holds its whole content."""

USUAL: Final = "google-key.json"
CONNECT: Final = "sheetclerk connect google --key FILE"


def key_file(name: str) -> Path:
    """Return the path of a key file."""
    return config_folder() / (name or USUAL)


def find_key(name: str) -> "AccountKey":
    """Find the key and check it.

    Args:
        name: the file's name as [book] key_file says; "" is google-key.json.

    Raises:
        SecretMissing: there is none, it is none, or others can read it.
    """
    given = os.environ.get(ENVIRONMENT, "")
    if given.lstrip().startswith("{"):
        return _checked(given, ENVIRONMENT)
    return read_key(_named(given) if given else key_file(name))


def _named(given: str) -> Path:
    path = Path(given).expanduser()
    if path.is_file():
        return path
    raise SecretMissing(
        f"{ENVIRONMENT} names {given}: there is no such file",
        why="when it is set, the key is not looked for anywhere else",
        next_step=f"let {ENVIRONMENT} name the key file, or take it out of the environment",
    )


def read_key(path: Path) -> "AccountKey":
    """Read the key in a private file outside of every git work tree.

    Raises:
        SecretMissing: the file is not there, others can read it, or it is no key.
    """
    if not path.is_file():
        raise SecretMissing(
            f"the key file {path} is not there",
            why="a Google Sheet opens only with the key of a service account",
            next_step="sheetclerk connect google        (it shows the four steps)",
        )
    refuse_git(path)
    refuse_open(path)
    return _checked(_text(path), path.name)


def keep_key(path: Path, name: str) -> "AccountKey":
    """Check a downloaded key, and copy it into a private file.

    Raises:
        SecretMissing: it is no key, lies or would lie inside a git work tree, or the environment names another one.
        SetupError: it cannot be kept there.
    """
    key, kept = _checked(_text(path), path.name), key_file(name)
    refuse_git(path, f"move it out of there, then: {CONNECT}")
    refuse_git(kept)
    _refuse_another()
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
        raise SetupError(f"{kept.parent}: the key cannot be saved there", why=why, next_step=step) from None
    return key


def _refuse_another() -> None:
    if os.environ.get(ENVIRONMENT):
        raise SecretMissing(
            f"{ENVIRONMENT} gives another key",
            why="when it is set, no other key is used",
            next_step=f"take it out of the environment, then: {CONNECT}",
        )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text file"
        step = f"name the .json file that you downloaded: {CONNECT}"
        raise SecretMissing(f"{path} cannot be read", why=why, next_step=step) from None


def _checked(text: str, name: str) -> "AccountKey":
    from toolkit.sheets.google.account_key import read_key  # noqa: PLC0415 - google-auth takes 0.3 s to load

    return read_key(text, name)
