"""Commands about sending letters: send, connect mail, outbox."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.options import (
    NO_MATCH,
    VERBOSE,
    CommonOptions,
    clock_of_rehearsal,
    is_confirmed,
    main,
    on_a_book,
    refuse_unknown,
)
from toolkit.cli.week import run_and_print

if TYPE_CHECKING:
    from toolkit.app.shop import Shop
    from toolkit.delivery.doubt import SentProof

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick


@main.command(epilog="Example: sheetclerk send --to-me, and then: sheetclerk send")
@click.argument("letter", required=False)
@on_a_book(only="Send only to these clients.")
@click.option("--to-me", is_flag=True, help="Send one letter of each new text to yourself.")
@click.option("--limit", type=click.IntRange(min=0), help="Send at most this many letters now.")
@click.option("--yes", "is_sure", is_flag=True, help="Send without asking for the count.")
def send(options: CommonOptions, letter: str | None, limit: int | None, *, to_me: bool, is_sure: bool) -> None:
    """Send the letters that are due.

    Shows From, the count and the first addresses, and asks you to type the count. Name a LETTER to send only that one.
    """
    from toolkit.app.commands.before_sending import owner_address, refuse_folder, send_to_me, sending_days
    from toolkit.report import send_preview

    with options.shop() as shop:
        refuse_unknown("LETTER", [letter] if letter else [], shop.texts.letters)
        plan = shop.plan_week(shop.today).of(letter) if letter else shop.plan_week(shop.today)
        refuse_folder(shop.desk)
        if to_me:
            address = owner_address(shop.config.mail)
            options.result(send_preview.sample_lines(send_to_me(shop.desk, plan, address), address))
            options.hint("look at them in your mailbox, then: sheetclerk send")
            return
        waits = shop.desk.waiting(letter or "")
        options.context(send_preview.before_sending(shop.desk, plan, waits, sending_days(shop.desk, plan)))
        count = len(plan.letters) + waits
        if count and not (is_sure or is_confirmed(str(count), "send them")):
            raise click.UsageError(f"Not sent: {NO_MATCH}")
        run_and_print(options, shop, limit, letter or "", is_sure=is_sure)


@main.group(epilog="Example: sheetclerk connect mail --account you@gmail.com")
def connect() -> None:
    """Connect a mail account or a Google Sheet."""


@connect.command("mail", epilog="Example: sheetclerk connect mail --account you@gmail.com")
@click.option("--account", help="The account that sends, such as you@gmail.com.")
@click.option("--host", help="Its mail server.")
@click.option("--port", type=click.IntRange(1, 65535), help="The server's port.")
@click.option("--security", type=click.Choice(["tls", "starttls"]), help="How the connection is encrypted.")
@click.option(
    "--folder-letters",
    type=click.Choice(["said", "send"]),
    help="Letters in the folder count as sent (said), or are sent too (send).",
)
@click.option(
    "--google",
    "permission",
    type=click.Path(exists=True, path_type=Path),
    help="Google's client file, to sign in without a password.",
)
@click.option(
    "--join", "joined", type=click.Path(path_type=Path), help="This shop's secrets file from another computer."
)
@click.option("--new-secret", "is_alone", is_flag=True, help="Make a new shop secret, if the other computer is gone.")
@click.option("--new-password", "forget_password", is_flag=True, help="Ask for the password again.")
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
    """Connect the mail account that sends.

    Checks the account and sends one letter to yourself. From then on letters leave by mail.
    """
    from toolkit.app.commands.connecting import Papers, Questions, connect_mail, permission_of
    from toolkit.report.sentences import plural

    def shall_send(count: int) -> bool:
        is_asked = folder_letters is None and sys.stdin.isatty()
        question = f"{plural(count, 'letter')} of the last 7 days in the folder. Send them? (No: they count as sent)"
        return click.confirm(question, default=False) if is_asked else folder_letters == "send"

    def password() -> str:
        return str(click.prompt("Password of the account (Gmail: an app password)", hide_input=sys.stdin.isatty()))

    given = {name: value for name, value in settings.items() if value is not None}
    papers = Papers(permission_of(permission) if permission else "", joined, is_alone, forget_password)
    done = connect_mail(Path(), Questions(password, shall_send), given, clock=clock_of_rehearsal(), papers=papers)
    click.echo(f"Mail is connected: one letter went to {done.sender}.")
    click.echo(f"Letters in the folder that now count as sent: {done.said}.")
    click.echo(f"Secrets are in {done.box}. Another computer of this shop needs a copy: connect mail --join FILE")
    click.echo("next: sheetclerk send --to-me        (new text goes to you first)", err=True)


@main.group("outbox", invoke_without_command=True, epilog="Example: sheetclerk outbox --check-sent")
@click.option("--check-sent", is_flag=True, help="First look in the account's Sent folder for letters in doubt (IMAP).")
@VERBOSE
@click.pass_context
def outbox(ctx: click.Context, *, check_sent: bool) -> None:
    """List letters that wait, failed or are in doubt.

    A letter is in doubt if the connection broke while it left. Settle it with `resend` or `mark-sent`.
    """
    if ctx.invoked_subcommand is None:
        from toolkit.app.factory import open_shop
        from toolkit.delivery.doubt import in_doubt
        from toolkit.report import send_preview

        with open_shop() as shop:
            if check_sent:
                click.echo("\n".join(send_preview.sent_folder_lines(_prove_sent(shop))))
            click.echo("\n".join(send_preview.open_letters(shop.desk)))
            is_doubtful = bool(in_doubt(shop.desk.outbox))
        if is_doubtful:
            click.echo("next: sheetclerk outbox resend KEY, or: sheetclerk outbox mark-sent KEY", err=True)


def _prove_sent(shop: "Shop") -> "SentProof":
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


@outbox.command(epilog="Example: sheetclerk outbox resend 3f9a1c2b")
@click.argument("key")
@VERBOSE
def resend(key: str) -> None:
    """Send a letter in doubt again.

    KEY is its key in the list of `sheetclerk outbox`. The next run sends the same bytes under the same Message-ID.
    """
    _settle(key, "resend")


@outbox.command("mark-sent", epilog="Example: sheetclerk outbox mark-sent 3f9a1c2b")
@click.argument("key")
@VERBOSE
def mark_sent(key: str) -> None:
    """Mark a letter in doubt as sent.

    Use it if you have seen the letter, or the client says that it arrived.
    """
    _settle(key, "mark-sent")
