"""Commands of the post: send, connect, suppress, outbox."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.front import VERBOSE, Asked, clock_of_rehearsal, main, on_a_book, on_the_shop, refuse_unknown, typed
from toolkit.cli.week import run_and_tell

if TYPE_CHECKING:
    from toolkit.app.shop import Shop
    from toolkit.delivery.doubt import SentProof

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick


@main.command()
@click.argument("letter", required=False)
@on_a_book
@click.option("--to-me", is_flag=True, help="Send one letter of each new wording to yourself first.")
@click.option("--limit", type=click.IntRange(min=0), help="At most so many letters leave now.")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask for the count: you have looked.")
def send(asked: Asked, letter: str | None, limit: int | None, *, to_me: bool, is_sure: bool) -> None:
    """Send what is due of one LETTER, or of all, after the count was typed."""
    from toolkit.app.commands.before_sending import owner_address, refuse_folder, send_to_me, sending_days
    from toolkit.report import send_preview

    with asked.shop() as shop:
        refuse_unknown("LETTER", [letter] if letter else [], shop.texts.letters)
        plan = shop.plan_week(shop.today).of(letter) if letter else shop.plan_week(shop.today)
        refuse_folder(shop.desk)
        if to_me:
            address = owner_address(shop.config.mail)
            asked.tell(send_preview.sample_lines(send_to_me(shop.desk, plan, address), address))
            asked.hint("look at them in your mailbox, then: sheetclerk send")
            return
        waits = shop.desk.waiting(letter or "")
        asked.aside(send_preview.before_sending(shop.desk, plan, waits, sending_days(shop.desk, plan)))
        count = len(plan.letters) + waits
        if count and not (is_sure or typed(str(count), "send them")):
            raise click.UsageError("the count was not typed: nothing was sent; without a terminal, say --yes")
        run_and_tell(asked, shop, limit, letter or "", is_sure=is_sure)


@main.group()
def connect() -> None:
    """Connect the shop to what it needs."""


@connect.command("mail")
@click.option("--account", help="The account that sends.")
@click.option("--host", help="The server that takes the letters.")
@click.option("--port", type=click.IntRange(1, 65535), help="Its port.")
@click.option("--security", type=click.Choice(["tls", "starttls"]), help="How the line is secured.")
@click.option("--folder-letters", type=click.Choice(["said", "send"]), help="What the folder holds: said, or to send.")
@click.option("--google", "permission", type=click.Path(exists=True, path_type=Path), help="Google's client file.")
@click.option("--join", "joined", type=click.Path(path_type=Path), help="A copy of another computer's secrets.")
@click.option("--new-secret", "is_alone", is_flag=True, help="The other computer is gone: make a new shop secret.")
@click.option("--new-password", "forget_password", is_flag=True, help="Ask for the password anew.")
@VERBOSE
def connect_to_mail(
    folder_letters: str | None,
    permission: Path | None,
    joined: Path | None,
    *,
    is_alone: bool,
    forget_password: bool,
    **settings: str | int | None,
) -> None:
    """Check the mail account, send one letter to yourself, and let letters leave by mail from now on."""
    from toolkit.app.commands.connecting import Papers, Questions, connect_mail, permission_of

    def shall_send(count: int) -> bool:
        is_asked = folder_letters is None and sys.stdin.isatty()
        told = f"The folder holds {count} letters of the last 7 days. Send them too? (No: they count as said)"
        return click.confirm(told, default=False) if is_asked else folder_letters == "send"

    def password() -> str:
        return str(click.prompt("Password of the account (Gmail: an app password)", hide_input=sys.stdin.isatty()))

    given = {name: value for name, value in settings.items() if value is not None}
    papers = Papers(permission_of(permission) if permission else "", joined, is_alone, forget_password)
    done = connect_mail(Path(), Questions(password, shall_send), given, clock=clock_of_rehearsal(), papers=papers)
    click.echo(f"Mail is connected: one letter went to {done.sender}; {done.said} letters of the folder count as said.")
    click.echo(f"Secrets lie in {done.box}; another computer of this shop takes a copy: connect mail --join FILE.")
    click.echo("next: sheetclerk send --to-me        (what is new goes to you first)", err=True)


@main.command()
@click.argument("client")
@click.option("--why", default="", help="Why, in your own words.")
@click.option("--lift", is_flag=True, help="The client may be written to again.")
@on_the_shop
def suppress(asked: Asked, client: str, why: str, *, lift: bool) -> None:
    """Write to CLIENT no more, whatever the sheet says."""
    from toolkit.app.commands.stopping import stop_or_lift

    if not (why.strip() or lift):
        raise click.UsageError('--why is missing: say why, in your own words, as in --why "asked us to stop"')
    with asked.shop() as shop:
        unwritten = stop_or_lift(shop.desk, client, why, lift=lift)
        asked.say(f"{client} may be written to again." if lift else f"Nothing goes to {client} any more: {why}")
    asked.hint(f"{unwritten.next_step}; the Suppressed tab follows then" if unwritten else "sheetclerk run")


@main.group("outbox", invoke_without_command=True)
@click.option("--check-sent", is_flag=True, help="First look for letters in doubt in the account's Sent folder (IMAP).")
@VERBOSE
@click.pass_context
def outbox(ctx: click.Context, *, check_sent: bool) -> None:
    """List the letters that wait, failed or are in doubt; `resend` and `mark-sent` settle doubt."""
    if ctx.invoked_subcommand is None:
        from toolkit.app.factory import open_shop
        from toolkit.delivery.doubt import in_doubt
        from toolkit.report import send_preview

        with open_shop() as shop:
            if check_sent:
                click.echo("\n".join(send_preview.sent_folder_lines(_proved(shop))))
            click.echo("\n".join(send_preview.open_letters(shop.desk)))
            is_doubtful = bool(in_doubt(shop.desk.outbox))
        if is_doubtful:
            click.echo("next: sheetclerk outbox resend KEY, or: sheetclerk outbox mark-sent KEY", err=True)


def _proved(shop: "Shop") -> "SentProof":
    from toolkit.app.sending import sent_folder
    from toolkit.delivery.doubt import prove_sent

    shop.desk.hold()
    return prove_sent(shop.desk.outbox, lambda ids: sent_folder(shop.config).holding(ids))


def _settle(key: str, how: str) -> None:
    from toolkit.app.factory import open_shop
    from toolkit.book.i18n import ENGLISH
    from toolkit.channels.status_text import render_remark
    from toolkit.delivery import doubt
    from toolkit.delivery.lock import user

    with open_shop() as shop:
        shop.desk.hold()
        settled = (doubt.resend if how == "resend" else doubt.mark_sent)(shop.desk.outbox, key, user())
        words = render_remark(settled.words, shop.texts.lexicon.words(ENGLISH))
        click.echo(f"{settled.header.campaign} for {settled.header.client}: {words}")
    click.echo("next: sheetclerk run", err=True)


@outbox.command()
@click.argument("key")
@VERBOSE
def resend(key: str) -> None:
    """Send the letter in doubt once more, the same bytes under the same Message-ID."""
    _settle(key, "resend")


@outbox.command("mark-sent")
@click.argument("key")
@VERBOSE
def mark_sent(key: str) -> None:
    """The letter in doubt arrived: you have seen it, or the client says so."""
    _settle(key, "mark-sent")
