"""The shop's own secret, which all of its computers share: the first makes it, every other takes a copy."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from toolkit.app import secrets_store
from toolkit.book import own_tabs
from toolkit.book.parse.cells import shown
from toolkit.clock import new_id
from toolkit.delivery.shared.remote_letters import remote_letters
from toolkit.errors import ChannelNotReady, ConfigError
from toolkit.snapshot import Snapshot

MAIL = "mail"
_CHANNEL = own_tabs.HEADINGS[own_tabs.OUTBOX].index("Channel")


def made_or_known(shop: str, snapshot: Snapshot, *, is_alone: bool) -> Mapping[str, str]:
    """The secret of a shop whose computers need no copy: the one that is here, else a new one.

    Args:
        shop: the shop's id.
        snapshot: its workbook, in whose Outbox tab other computers tell of their letters.
        is_alone: a person says that no other computer has the secret any more.

    Raises:
        ChannelNotReady: another computer of this shop sends already, so its secret must be copied from there.
    """
    if known := secrets_store.secret(shop, secrets_store.MARK):
        return {secrets_store.MARK: known}
    letters = remote_letters(snapshot.tabs, snapshot.reading.lexicon)
    if not is_alone and any(shown(one.cells[_CHANNEL]) == MAIL for one in letters):
        raise ChannelNotReady(
            "mail: another computer of this shop sends already",
            why="the Outbox tab has letters by mail, and the shop's secret, which marks them, is not on this computer",
            next_step=f"copy {secrets_store.box_of(shop).name} from there, then: "
            "sheetclerk connect mail --join FILE (or --new-secret where that computer is gone)",
        )
    return {secrets_store.MARK: new_id() + new_id()}


def copied(path: Path, shop: str) -> Mapping[str, str]:
    """The secrets in a copy of another computer's file.

    Raises:
        ConfigError: it is not that shop's file.
    """
    try:
        found = {name: str(one) for name, one in tomllib.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError):
        found = {}
    wanted = {name: found[name] for name in secrets_store.SHARED if found.get(name)}
    if secrets_store.MARK not in wanted or path.stem != shop:
        raise ConfigError(
            f"{path.name} is not the file of this shop's secrets",
            why=f"that one is called {shop}.toml, and connect mail said on the other computer where it lies",
            next_step="copy it from there under its own name, then: sheetclerk connect mail --join FILE",
        )
    return wanted
