"""The connection of a shop to its mail account."""

import tomllib
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

from toolkit.app import secrets_store
from toolkit.app.factory import SETTINGS, open_shop
from toolkit.app.sending import CONNECTED, JOURNAL, MAIL, account_of, data_folder, open_outbox, sender_of
from toolkit.book import own_tabs, shown
from toolkit.channels.channel import Mode
from toolkit.channels.halts import GMAIL_SMTP
from toolkit.channels.mail import MailChannel
from toolkit.channels.permission import is_client_file, permission_by_browser, permission_in
from toolkit.clock import Clock, SystemClock, new_id, today_in
from toolkit.config import Config, config_of, edit_settings, with_setting
from toolkit.delivery.doubt import count_as_said
from toolkit.delivery.letter_record import State
from toolkit.delivery.lock import run_lock
from toolkit.delivery.outbox import Outbox
from toolkit.delivery.sample import send_sample
from toolkit.delivery.shared.remote_letters import remote_letters
from toolkit.errors import ChannelNotReady, ConfigError
from toolkit.letters.letter import Letter, LetterHeader, Packed
from toolkit.rules.contact import by_email
from toolkit.snapshot import Snapshot

_CHANNEL: Final = own_tabs.HEADINGS[own_tabs.OUTBOX].index("Channel")
RECENT: Final = timedelta(days=7)


@dataclass(frozen=True)
class Questions:
    """The questions to a person.

    Args:
        password: gives the account's password.
        shall_send: told how many letters the folder got in the last 7 days, says whether they shall go out too.
    """

    password: Callable[[], str]
    shall_send: Callable[[int], bool]


@dataclass(frozen=True)
class Papers:
    """The proofs that a person brings along.

    Args:
        permission: Google's, as `permission_in` gives it; "" where there is none.
        joined: a copy of another computer's file of secrets; None where there is none.
        is_alone: no other computer has the shop's secret any more: a new one is made.
        forget_password: the password that is kept is wrong by now: ask for another.
    """

    permission: str = field(default="", repr=False)
    joined: Path | None = None
    is_alone: bool = False
    forget_password: bool = False


NO_PROOFS: Final = Papers()


@dataclass(frozen=True)
class Connected:
    """The result of connect mail.

    Args:
        sender: where one letter went.
        box: the file in which the secrets lie.
        said: how many letters of the folder count as said.
    """

    sender: str
    box: Path
    said: int


def connect_mail(
    folder: Path,
    questions: Questions,
    settings: Mapping[str, object],
    clock: Clock | None = None,
    papers: Papers = NO_PROOFS,
) -> Connected:
    """Check the account, send one letter to its owner, and switch to mail.

    Args:
        folder: the shop's.
        questions: what a person is asked on the way.
        settings: keys of [mail] to write into sheetclerk.toml first, such as host and port.
        clock: where the time comes from; the computer's own if none is given.
        papers: what a person brings along.

    Raises:
        ChannelNotReady: no account is named, From does not fit it, or another computer sends already.
        ChannelStopped: the server refused something; nothing was changed but the keys of [mail].
    """
    path = folder / SETTINGS
    _set(path, "mail", settings)
    with open_shop(folder, clock=clock) as shop:
        config = shop.config
        if not config.shop.id:
            raise ConfigError(f"{path}: [shop] has no id", why="only a shop can send", next_step="sheetclerk init shop")
        brought = _brought(config.shop.id, shop.snapshot, papers)
    clock, data = clock or SystemClock(), data_folder() / config.shop.id
    with run_lock(data, config.shop.id), ExitStack() as closing:
        secrets_store.keep(config.shop.id, **brought)
        outbox = open_outbox(config, clock, data / JOURNAL, closing, Mode.LIVE)
        key = _key(config, questions, papers)
        _greet(config, key, outbox)
        box = secrets_store.keep(config.shop.id, **key)
        said = _settle(outbox, questions, today_in(config.shop.zone, clock))
        outbox.journal.write_note(CONNECTED, clock.now().isoformat())
    _set(path, "sending", {"channel": "mail"})
    return Connected(sender_of(config).address, box, said)


def permission_of(path: Path) -> str:
    """Return Google's permission in a file, or ask for it in the browser.

    Raises:
        ConfigError: the file holds neither.
        ChannelStopped: no permission was given.
    """
    text = path.read_text(encoding="utf-8", errors="replace")
    return permission_by_browser(text) if is_client_file(text, path.name) else permission_in(text, path.name)


def _brought(shop: str, snapshot: Snapshot, papers: Papers) -> Mapping[str, str]:
    """Return the shop's secret, and what else a copy of another computer's holds."""
    if papers.joined is not None:
        return _copied_secrets(papers.joined, shop)
    return _own_secret(shop, snapshot, is_alone=papers.is_alone)


def _set(path: Path, section: str, settings: Mapping[str, object]) -> None:
    if not path.is_file():
        raise ConfigError(f"no {SETTINGS} here", why="this folder holds no shop", next_step="go to the shop's folder")

    def changed(text: str) -> str:
        for name, value in settings.items():
            text = with_setting(text, section, name, value)
        return text

    edit_settings(path, changed, config_of)


def _key(config: Config, questions: Questions, papers: Papers) -> Mapping[str, str]:
    """Return the key of the account, or nothing if a token is kept already."""
    shop = config.shop.id
    if papers.permission:
        return {secrets_store.PERMISSION: papers.permission, secrets_store.PASSWORD: ""}
    if papers.forget_password:
        return {secrets_store.PASSWORD: questions.password(), secrets_store.PERMISSION: ""}
    if secrets_store.secret(shop, secrets_store.TOKEN) or secrets_store.secret(shop, secrets_store.PERMISSION):
        return {}
    return {secrets_store.PASSWORD: secrets_store.secret(shop, secrets_store.PASSWORD) or questions.password()}


def _greet(config: Config, key: Mapping[str, str], outbox: Outbox) -> None:
    """Log in, check the sender, and send one letter to it."""
    account = account_of(config, key.get(secrets_store.PASSWORD, ""), key.get(secrets_store.PERMISSION, ""))
    if account.host in GMAIL_SMTP and account.sender.casefold() != account.user.casefold():
        raise ChannelNotReady(
            "mail: the From address is not the account's",
            why=f"Gmail would replace it with {account.user}, and mail from other senders lands in spam",
            next_step="remove from in [mail], or add it as an alias in Gmail and use that account",
        )
    channel = MailChannel(account)
    channel.check(account.sender)
    send_sample([channel], outbox, _hello(config, account.sender))
    channel.close()


def _hello(config: Config, address: str) -> Letter:
    words = f"{config.shop.name} can send letters by mail now. This one went only to you."
    header = LetterHeader(
        key=sha256(f"{config.shop.id}|hello".encode()).hexdigest(),
        campaign="hello",
        occurrence="",
        client="",
        name=config.shop.name,
        route=by_email(address),
        language="en",
        subject="sheetclerk is connected",
        words_id="",
        expires=date.max,
    )
    return Letter(
        header=header,
        text=words + "\n",
        page=Packed.of("<!doctype html><html lang=en><meta charset=utf-8><p>sheetclerk is connected.</p></html>\n"),
    )


def _settle(outbox: Outbox, questions: Questions, today: date) -> int:
    """Ask about the folder's latest letters, and count older ones as sent."""
    rehearsed = _rehearsed(outbox)
    recent = [
        letter for letter in rehearsed.letters_for_tab() if letter.state is State.SENT and letter.day > today - RECENT
    ]
    shall_send = bool(recent) and questions.shall_send(len(recent))
    return count_as_said(outbox, frozenset(letter.key for letter in recent) if shall_send else frozenset())


def _rehearsed(outbox: Outbox) -> Outbox:
    """Return the rehearsed letters of the same journal."""
    return replace(outbox, mode=Mode.REHEARSAL)


def _own_secret(shop: str, snapshot: Snapshot, *, is_alone: bool) -> Mapping[str, str]:
    """Return the secret that is here, else a new one.

    Args:
        shop: the shop's id.
        snapshot: its workbook, in whose Outbox tab other computers tell of their letters.
        is_alone: a person says that no other computer has the secret any more.

    Raises:
        ChannelNotReady: another computer of this shop sends already, so its secret must be copied from there.
    """
    if known := secrets_store.secret(shop, secrets_store.SHOP_SECRET):
        return {secrets_store.SHOP_SECRET: known}
    letters = remote_letters(snapshot.tabs, snapshot.reading.lexicon)
    if not is_alone and any(shown(letter.cells[_CHANNEL]) == MAIL for letter in letters):
        raise ChannelNotReady(
            "mail: another computer of this shop already sends",
            why="the Outbox tab has letters by mail, and the shop's secret, which marks them, is not on this computer",
            next_step=f"copy {secrets_store.box_of(shop).name} from there, then: "
            "sheetclerk connect mail --join FILE (or --new-secret if that computer is gone)",
        )
    return {secrets_store.SHOP_SECRET: new_id() + new_id()}


def _copied_secrets(path: Path, shop: str) -> Mapping[str, str]:
    """Return the secrets in a copy of another computer's file.

    Raises:
        ConfigError: it is not that shop's file.
    """
    try:
        secrets = {name: str(value) for name, value in tomllib.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError):
        secrets = {}
    wanted = {name: secrets[name] for name in secrets_store.SHARED if secrets.get(name)}
    if secrets_store.SHOP_SECRET not in wanted or path.stem != shop:
        raise ConfigError(
            f"{path.name} is not the file of this shop's secrets",
            why=f"it must be called {shop}.toml; connect mail printed its path on the other computer",
            next_step="copy it from there under its own name, then: sheetclerk connect mail --join FILE",
        )
    return wanted
