"""From settings to the outbox and the mail channel."""

import os
import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from email.utils import parseaddr
from functools import cache, partial
from pathlib import Path
from typing import Final

from toolkit.app import secrets_store
from toolkit.book import Words
from toolkit.channels.account import SMTPS, MailAccount
from toolkit.channels.channel import Channel, Mode
from toolkit.channels.folder import FolderChannel
from toolkit.channels.mail import MAIL_POLICY, MailChannel
from toolkit.channels.permission import OAuthToken
from toolkit.channels.sent_folder import IMAPS, SentFolder
from toolkit.clock import Clock, chance
from toolkit.config import Config
from toolkit.config.quiet import quiet_until
from toolkit.delivery.eligibility import WorkbookLook
from toolkit.delivery.journal import Journal
from toolkit.delivery.loop import LiveContext
from toolkit.delivery.outbox import Outbox
from toolkit.delivery.shared.look import SharedLook
from toolkit.errors import ChannelNotReady
from toolkit.letters.letter import Letter
from toolkit.letters.message import Sender, seal
from toolkit.snapshot import Snapshot

NO_DOMAIN: Final = "rehearsal.invalid"
"""Where rehearsed letters come from while no account is named (RFC 2606)."""

CONNECTED: Final = "mail_connected"
"""The note that says when connect mail was done on this computer."""

JOURNAL: Final = "journal.sqlite3"
MAIL: Final = "mail"


def data_folder() -> Path:
    """Return this computer's folder for journals and locks, or SHEETCLERK_DATA."""
    if named := os.environ.get("SHEETCLERK_DATA"):
        return Path(named)
    from platformdirs import user_data_path  # noqa: PLC0415 - most tests name a folder

    return user_data_path("sheetclerk", appauthor=False)


def open_journal(config: Config, path: Path, closing: ExitStack) -> Journal:
    """Open the shop's journal on this computer, made if missing."""
    journal = closing.enter_context(Journal(path))
    journal.belong_to(config.shop.id)
    return journal


def open_outbox(config: Config, clock: Clock, path: Path, closing: ExitStack, mode: Mode) -> Outbox:
    """Return the outbox of one mode over the journal in a file."""
    return Outbox(open_journal(config, path, closing), mode, sealer_of(config), clock.now, config.shop.zone)


def live_context(
    config: Config, clock: Clock, look: WorkbookLook, as_read: Snapshot, outbox: Outbox, since: datetime
) -> LiveContext:
    """Return the outside world of letters that truly leave.

    Args:
        config: the shop's settings.
        clock: where the time comes from.
        look: the last look before each batch.
        as_read: what the workbook said; it takes our own tabs as they are read back.
        outbox: this computer's letters.
        since: when this computer took the workbook.
    """

    def quiet() -> datetime | None:
        return quiet_until(config.sending, clock.now(), config.shop.zone)

    team = look.workbook.capabilities.team
    if team is None:
        return LiveContext(clock.wait, chance, look, quiet)
    shared = SharedLook.of(team, look, as_read, outbox, clock.wait, since)
    return LiveContext(shared.heartbeat.sleep, chance, shared, quiet)


def mode_of(config: Config) -> Mode:
    """Return the mode of a shop, which is live once [sending] says mail."""
    return Mode.LIVE if config.sending.channel == MAIL else Mode.REHEARSAL


def channels_of(config: Config, folder: Path, clock: Clock, mode: Mode, words: Words) -> tuple[Channel, ...]:
    """Return the channels of a mode."""
    return (mail_channel(config, clock) if mode is Mode.LIVE else FolderChannel(folder / "outbox", words),)


def sealer_of(config: Config) -> Callable[[Letter], bytes]:
    """Return what makes the finished message of a letter, without Date."""
    return partial(seal, sender=sender_of(config, secrets_store.secret(config.shop.id, secrets_store.SHOP_SECRET)))


def sender_of(config: Config, mark: str = "") -> Sender:
    """Return the sender of [mail], else its account."""
    name, address = parseaddr(config.mail.from_ or config.mail.account or f"shop@{NO_DOMAIN}")
    replies = parseaddr(config.mail.reply_to)[1]
    return Sender(name or config.shop.name, address, replies, mark.encode(), config.mail.stop_url)


def account_of(config: Config, password: str = "", permission: str = "") -> MailAccount:
    """Return the account of [mail] with its password or permission.

    Raises:
        ChannelNotReady: [mail] names no account.
    """
    mail, shop = config.mail, config.shop.id
    user = parseaddr(mail.account)[1]
    if not user:
        raise ChannelNotReady(
            "mail: no account is named",
            why="[mail] in sheetclerk.toml has no account",
            next_step="write your address into account there, then: sheetclerk connect mail",
        )
    token = None if password else _token_of(shop, permission)
    return MailAccount(
        user=user,
        password=token or cache(lambda: password or secrets_store.mail_password(shop)),
        host=mail.host,
        port=mail.port,
        sender=sender_of(config).address,
        is_token=token is not None,
        tls_first=mail.security == "tls" or (not mail.security and mail.port == SMTPS),
    )


def _token_of(shop: str, permission: str) -> Callable[[], str] | None:
    """Return what gives an access token, or None if there is a password."""

    def written() -> str:
        return permission or secrets_store.secret(shop, secrets_store.PERMISSION)

    token = "" if permission else secrets_store.secret(shop, secrets_store.TOKEN)
    if token:
        return lambda: token
    return (
        OAuthToken(written, partial(secrets_store.renew, shop, secrets_store.PERMISSION)).token if written() else None
    )


def mail_channel(config: Config, clock: Clock) -> MailChannel:
    """Return the mail channel of [mail]."""
    policy = replace(MAIL_POLICY, per_minute=config.mail.per_minute, per_day=config.mail.per_day)
    return MailChannel(account_of(config), clock.wait, policy)


def sent_folder(config: Config) -> SentFolder:
    """Return the Sent folder of the account."""
    mail = config.mail
    host = mail.imap_host or re.sub(r"^smtp\.", "imap.", mail.host)
    tls_first = mail.imap_port == IMAPS
    return SentFolder(replace(account_of(config), host=host, port=mail.imap_port, tls_first=tls_first))


def see_that_mail_is_ready(config: Config, path: Path) -> None:
    """Check that connect mail was done here and the password is there.

    Raises:
        ChannelNotReady: it was not.
        SecretMissing: the password is not there.
    """
    with Journal(path) as journal:
        connected = journal.note(CONNECTED)
    if not connected:
        raise ChannelNotReady(
            "mail is not connected on this computer",
            why="first decide what happens to the letters in the folder",
            next_step="sheetclerk connect mail",
        )
    account_of(config).password()
