"""Connect a shop to its mail account: check, send one letter to its owner, and settle what the folder holds."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

from toolkit.channels.channel import Lane
from toolkit.channels.halts import GMAIL
from toolkit.channels.mail import MailChannel
from toolkit.clock import Clock, SystemClock, new_id, today_in
from toolkit.config import Config, read_config, with_setting
from toolkit.errors import ChannelNotReady, ConfigError
from toolkit.letters.letter import Letter
from toolkit.outbox.doubt import count_as_said
from toolkit.outbox.lock import run_lock
from toolkit.outbox.outbox import Outbox
from toolkit.outbox.outcome import State
from toolkit.outbox.sample import send_sample
from toolkit.wiring import safe_box
from toolkit.wiring.opening import SETTINGS, open_shop
from toolkit.wiring.sending import CONNECTED, JOURNAL, account_of, data_folder, open_outbox, sender_of

LATELY: Final = timedelta(days=7)


@dataclass(frozen=True)
class Questions:
    """What a person is asked.

    Args:
        password: gives the account's password.
        shall_send: told how many letters the folder got in the last 7 days, says whether they shall go out too.
    """

    password: Callable[[], str]
    shall_send: Callable[[int], bool]


@dataclass(frozen=True)
class Connected:
    """What connect mail did.

    Args:
        sender: where one letter went.
        box: the file in which the secrets lie.
        said: how many letters of the folder count as said.
    """

    sender: str
    box: Path
    said: int


def connect_mail(
    folder: Path, questions: Questions, settings: Mapping[str, object], clock: Clock | None = None
) -> Connected:
    """Check the account, send one letter to yourself, then let the shop's letters leave by mail.

    Args:
        folder: the shop's.
        questions: what a person is asked on the way.
        settings: keys of [mail] to write into sheetclerk.toml first, such as host and port.
        clock: where the time comes from; the computer's own if none is given.

    Raises:
        ChannelNotReady: no account is named, or From does not fit it.
        ChannelStopped: the server refused something; nothing was changed but the keys of [mail].
    """
    path = folder / SETTINGS
    _set(path, "mail", settings)
    with open_shop(folder, clock=clock) as shop:
        config = shop.config
    if not config.shop.id:
        raise ConfigError(f"{path}: [shop] has no id", why="only a shop can send", next_step="sheetclerk init shop")
    password = _known_password(config) or questions.password()
    mark = safe_box.secret(config.shop.id, safe_box.MARK) or new_id() + new_id()
    clock, data = clock or SystemClock(), data_folder() / config.shop.id
    with run_lock(data, config.shop.id), ExitStack() as closing:
        safe_box.keep(config.shop.id, **{safe_box.MARK: mark})
        outbox = open_outbox(config, clock, data / JOURNAL, closing, Lane.POST)
        _greet(config, password, outbox)
        box = safe_box.keep(config.shop.id, **{safe_box.PASSWORD: password})
        said = _settle(outbox, questions, today_in(config.shop.zone, clock))
        outbox.journal.write_note(CONNECTED, clock.now().isoformat())
    _set(path, "sending", {"channel": "mail"})
    return Connected(sender_of(config).address, box, said)


def _set(path: Path, section: str, settings: Mapping[str, object]) -> None:
    if not path.is_file():
        raise ConfigError(f"no {SETTINGS} here", why="this folder holds no shop", next_step="go to the shop's folder")
    text = path.read_text(encoding="utf-8")
    for name, value in settings.items():
        text = with_setting(text, section, name, value)
    if settings:
        path.write_text(text, encoding="utf-8")
        read_config(path)


def _known_password(config: Config) -> str:
    shop = config.shop.id
    return safe_box.secret(shop, safe_box.TOKEN) or safe_box.secret(shop, safe_box.PASSWORD)


def _greet(config: Config, password: str, outbox: Outbox) -> None:
    """Log in, see that the sender is taken, and send one letter to it."""
    account = account_of(config, "" if safe_box.secret(config.shop.id, safe_box.TOKEN) else password)
    if account.host in GMAIL and account.sender.casefold() != account.user.casefold():
        raise ChannelNotReady(
            "mail: From does not fit the account",
            why=f"Gmail would write {account.user} over it, and letters of other senders end as spam",
            next_step="leave from in [mail] out, or add it in Gmail as an alias and use that account",
        )
    channel = MailChannel(account)
    channel.check(account.sender)
    send_sample([channel], outbox, _hello(config, account.sender), config.shop.zone)
    channel.close()


def _hello(config: Config, address: str) -> Letter:
    words = f"{config.shop.name} can send letters by mail now. This one went only to you."
    return Letter(
        key=sha256(f"{config.shop.id}|hello".encode()).hexdigest(),
        campaign="hello",
        occurrence="",
        client="",
        name=config.shop.name,
        address=address,
        language="en",
        subject="sheetclerk is connected",
        text=words + "\n",
        html="<!doctype html><html lang=en><meta charset=utf-8><p>sheetclerk is connected.</p></html>\n",
        words_id="",
        expires=date.max,
    )


def _settle(outbox: Outbox, questions: Questions, today: date) -> int:
    """Ask what becomes of the folder's letters of the last 7 days; all older ones count as said."""
    rehearsed = _rehearsed(outbox)
    recent = [one for one in rehearsed.letters_for_tab() if one.state is State.SENT and one.day > today - LATELY]
    shall_send = bool(recent) and questions.shall_send(len(recent))
    return count_as_said(outbox, frozenset(one.key for one in recent) if shall_send else frozenset())


def _rehearsed(outbox: Outbox) -> Outbox:
    """The same journal's rehearsals."""
    return replace(outbox, lane=Lane.REHEARSAL, road=None)
