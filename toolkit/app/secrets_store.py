"""Passwords, in the environment, a private file or the keyring."""

import os
import stat
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from toolkit.config.writing import toml_value
from toolkit.errors import SecretMissing, SetupError

PASSWORD: Final = "mail_password"  # noqa: S105 - the name under which one lies
TOKEN: Final = "mail_token"  # noqa: S105 - as above
PERMISSION: Final = "mail_permission"
SHOP_SECRET: Final = "shop_secret"  # noqa: S105 - as above
SHARED: Final = (PASSWORD, PERMISSION, SHOP_SECRET)
"""What another computer of the shop takes over."""

SERVICE: Final = "sheetclerk"

_NAMES: Final = {
    PASSWORD: "SHEETCLERK_MAIL_PASSWORD",
    TOKEN: "SHEETCLERK_MAIL_TOKEN",
    PERMISSION: "SHEETCLERK_MAIL_PERMISSION",
    SHOP_SECRET: "SHEETCLERK_SHOP_SECRET",
}
"""The environment's names."""


def config_folder() -> Path:
    """Return this user's folder for secrets, or SHEETCLERK_CONFIG."""
    if named := os.environ.get("SHEETCLERK_CONFIG"):
        return Path(named)
    from platformdirs import user_config_path  # noqa: PLC0415 - most tests name a folder

    return user_config_path("sheetclerk", appauthor=False)


def box_of(shop: str) -> Path:
    """Return the file in which one shop's secrets lie."""
    return config_folder() / f"{shop}.toml"


def secret(shop: str, name: str) -> str:
    """Return one secret of a shop, or "" if there is none.

    Raises:
        SecretMissing: the file that holds it can be read by others, or lies in a git work tree.
    """
    if given := os.environ.get(_NAMES[name]):
        return given
    return _in_file(box_of(shop)).get(name, "") or _in_keyring(shop, name)


def mail_password(shop: str) -> str:
    """Return the mail account's password.

    Raises:
        SecretMissing: there is none, or it is not safe where it lies.
    """
    if found := secret(shop, PASSWORD):
        return found
    raise SecretMissing(
        "the mail account's password is not on this computer",
        why=f"neither {_NAMES[PASSWORD]}, nor {box_of(shop)}, nor the keyring has it",
        next_step="sheetclerk connect mail",
    )


def keep(shop: str, **secrets: str) -> Path:
    """Write secrets into the shop's private file, and return its path.

    Raises:
        SetupError: it cannot be written, or would lie in a git work tree.
    """
    path = box_of(shop)
    refuse_git(path)
    together = {**_in_file(path), **secrets}
    text = "# Only you may read this file; never copy it into the shop's folder.\n"
    text += "".join(f"{name} = {toml_value(value)}\n" for name, value in together.items())
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_private(path, text)
    except OSError as error:
        why = error.strerror or "the folder cannot be written"
        next_step = "make it writable, or point SHEETCLERK_CONFIG to another folder"
        raise SetupError(f"{path.parent}: secrets cannot be saved there", why=why, next_step=next_step) from None
    return path


def renew(shop: str, name: str, value: str) -> None:
    """Replace a secret in the shop's file, if it stands there.

    Raises:
        SetupError: it cannot be written.
    """
    if _in_file(box_of(shop)).get(name):
        keep(shop, **{name: value})


def _write_private(path: Path, text: str) -> None:
    laid_ready = path.with_suffix(".part")
    laid_ready.unlink(missing_ok=True)
    with os.fdopen(os.open(laid_ready, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    laid_ready.replace(path)


def _in_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    refuse_open(path)
    refuse_git(path)
    try:
        return {name: str(value) for name, value in tomllib.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError):
        raise SecretMissing(
            f"{path} cannot be read",
            why="it is not the file that connect mail wrote",
            next_step="sheetclerk connect mail",
        ) from None


def refuse_open(path: Path) -> None:
    """Return quietly if only its owner can read a file.

    Raises:
        SecretMissing: others can.
    """
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SecretMissing(
            f"{path}: other users of this computer can read your secrets",
            why="a file with a secret must be open to its owner only",
            next_step=f"chmod 600 {path}",
        )


def refuse_git(path: Path, next_step: str = "point SHEETCLERK_CONFIG to a folder outside it") -> None:
    """Return quietly if a file lies outside of every git work tree.

    Args:
        path: the file.
        next_step: what its owner can do.

    Raises:
        SecretMissing: it does not.
    """
    tree = next((folder for folder in path.resolve().parents if (folder / ".git").exists()), None)
    if tree:
        raise SecretMissing(
            f"{path}: secrets must not be in a git work tree",
            why=f"{tree} is one, and files there are soon shared",
            next_step=next_step,
        )


def _in_keyring(shop: str, name: str) -> str:
    """Return a secret of the system's keyring, or "" without the extra."""
    if find_spec("keyring") is None:
        return ""
    import keyring  # noqa: PLC0415 - an extra
    from keyring.errors import KeyringError  # noqa: PLC0415 - as above

    try:
        return keyring.get_password(f"{SERVICE}:{shop}", name) or ""
    except KeyringError:  # a server without a desktop has no Secret Service, and keyring then has no backend
        return ""
