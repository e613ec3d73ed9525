"""A letter through Debian's postfix and dovecot, and back over IMAP."""

import imaplib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.channel_contract import MORNING, NAIROBI, a_letter, enveloped, said
from tests.delivery.made_up import deliver
from tests.mail.authority import Authority
from tests.mail.debian_office import CLIENT, SLOW, DebianOffice, debian_office, eventually, why_not
from tests.mail.post_office import PASSWORD, USER
from toolkit.channels.account import MailAccount, Timeouts
from toolkit.channels.channel import NO_RULES, AddressState, ChannelStopped, Mode, SendResult
from toolkit.channels.mail import MailChannel
from toolkit.channels.memory import MemoryChannel
from toolkit.channels.sent_folder import SentFolder
from toolkit.clock import FixedClock
from toolkit.delivery.doubt import prove_sent
from toolkit.delivery.journal import Journal
from toolkit.delivery.letter_record import State
from toolkit.delivery.loop import LiveContext
from toolkit.delivery.outbox import Outbox
from toolkit.letters.letter import Envelope
from toolkit.letters.message import Sender, seal

pytestmark = [
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "they are here"),
    pytest.mark.xdist_group("Debian's servers, which start once"),
]


@pytest.fixture(scope="module")
def office(authority: Authority) -> Iterator[DebianOffice]:
    with debian_office(authority) as office:
        yield office


def account(office: DebianOffice, authority: Authority, password: str = PASSWORD, answer: float = 20.0) -> MailAccount:
    patience = Timeouts(20, 20, answer)
    return MailAccount(
        USER, lambda: password, "localhost", office.smtp, USER, tls_first=False, tls=authority.client, patience=patience
    )


def sent_folder(office: DebianOffice, authority: Authority, *, tls_first: bool = True) -> SentFolder:
    port = office.imaps if tls_first else office.imap
    return SentFolder(
        MailAccount(USER, lambda: PASSWORD, "localhost", port, USER, tls_first=tls_first, tls=authority.client)
    )


def read_back(office: DebianOffice, authority: Authority, who: str) -> list[bytes]:
    """Every letter in a client's mailbox, over IMAP with the standard library alone."""
    with imaplib.IMAP4_SSL("localhost", office.imaps, ssl_context=authority.client()) as server:
        server.login(who, PASSWORD)
        server.select(readonly=True)
        _, parts = server.fetch("1:*", "(BODY.PEEK[])")
    return [part[1] for part in parts if isinstance(part, tuple)]


def test_a_letter_arrives_over_starttls_and_sasl_and_reads_back_as_it_was_sealed(
    office: DebianOffice, authority: Authority
) -> None:
    letter = a_letter(address=CLIENT, text="Asante sana!\n.\n.. Ñandú, Асель\n", promotional=True)
    message = b"Date: Sat, 21 Nov 2026 10:02:00 +0300\r\n" + seal(letter, Sender("Duka la Juma", USER, "", b"mark"))
    mail = MailChannel(account(office, authority))
    receipt = mail.send(Envelope(letter.header, message, MORNING), lambda: None)
    mail.close()
    assert receipt.result is SendResult.SENT, office.log()
    assert receipt.words.startswith("250 2.0.0 Ok: queued as")
    assert eventually(lambda: bool(office.letters("asha"))), office.log()
    (arrived,) = read_back(office, authority, CLIENT)
    trace, _, rest = arrived.partition(b"Date: ")
    assert b"Date: " + rest == message
    assert b"with ESMTPSA" in trace
    assert f"sasl_method=PLAIN, sasl_username={USER}" in office.log()


@pytest.mark.parametrize("tls_first", [True, False])
def test_an_answer_that_never_comes_leaves_doubt_and_the_sent_folder_settles_it(
    office: DebianOffice,
    authority: Authority,
    tmp_path: Path,
    tls_first: bool,  # noqa: FBT001 - one column of a table
) -> None:
    letters = [a_letter(f"{tmp_path.name} slow", address=SLOW), a_letter(f"{tmp_path.name} lost", address=SLOW)]
    clock, sealed = FixedClock(MORNING), partial(seal, sender=Sender("Duka", USER, "", tmp_path.name.encode()))
    live = LiveContext(clock.wait, lambda: 0.0)
    before = len(office.letters("shop/.Sent"))
    impatient = MailChannel(account(office, authority, answer=0.2), policy=NO_RULES)
    with Journal(tmp_path / "journal.sqlite") as journal:
        outbox = Outbox(journal, Mode.LIVE, sealed, clock.now, NAIROBI)
        deliver(outbox, letters[:1], impatient, live=live)
        deliver(outbox, letters[1:], MemoryChannel(cut={letters[1].header.client}), live=live)
        assert {one.state for one in journal.records(Mode.LIVE)} == {State.IN_DOUBT}
        assert eventually(lambda: len(office.letters("shop/.Sent")) > before), office.log()
        proved = prove_sent(outbox, sent_folder(office, authority, tls_first=tls_first).holding)
        assert proved.folder == "Sent"
        assert [one.header.client for one in proved.sent] == [letters[0].header.client]
        assert [one.header.client for one in proved.open] == [letters[1].header.client]
        states = {one.header.client: (one.state, said(one.words)) for one in journal.records(Mode.LIVE)}
    assert states[letters[0].header.client] == (State.SENT, "in Sent")
    assert states[letters[1].header.client][0] is State.IN_DOUBT


def test_a_wrong_password_and_a_refused_recipient_are_told_by_the_real_servers_words(
    office: DebianOffice, authority: Authority
) -> None:
    with pytest.raises(ChannelStopped, match="refused the login") as stop:
        MailChannel(account(office, authority, "wrong-password")).check(USER)
    assert "535 5.7.8" in stop.value.why
    mail = MailChannel(account(office, authority))
    receipt = mail.send(enveloped(a_letter(address="nobody@example.com")), lambda: pytest.fail("on its way"))
    mail.close()
    assert (receipt.result, receipt.address) == (SendResult.FAILED, AddressState.DEAD), receipt.words
