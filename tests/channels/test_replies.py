"""Every row of the reply table, and real replies of real servers (sisimai's and flufl.bounce's collected bounces)."""

from datetime import timedelta

import pytest

from toolkit.channels.account import MailAccount
from toolkit.channels.channel import AddressState, ReplyCategory, SendResult
from toolkit.channels.halts import SENTENCES, stop_for
from toolkit.channels.replies import TABLE, Halt, Meaning, Reply, Step, meaning_of, row_of

HOUR = timedelta(hours=1)


def what(meaning: Meaning) -> str:
    """A meaning as the table of delivery/PROMISES.md says it."""
    if meaning.halt:
        return meaning.halt
    return f"{meaning.result} {meaning.address} {meaning.category}".strip()


ROWS = """
CONNECT | 0   | Name or service not known                                 | unreachable
CONNECT | 0   | Connection refused                                        | unreachable
CONNECT | 554 | no SMTP service here                                      | unreachable
TLS     | 0   | certificate verify failed: Hostname mismatch              | tls
TLS     | 0   | STARTTLS extension not supported by server.               | tls
AUTH    | 535 | 5.7.8 Username and Password not accepted                  | login
AUTH    | 534 | 5.7.9 Application-specific password required              | login
AUTH    | 454 | 4.7.0 Temporary authentication failure                    | login_later
AUTH    | 0   | Connection unexpectedly closed                            | unreachable
MAIL    | 421 | 4.7.0 Try again later, closing connection                 | too_fast
END     | 421 | 4.3.0 closing                                             | too_fast
MAIL    | 550 | 5.4.5 Daily user sending limit exceeded                   | quota
RCPT    | 550 | 5.4.5 Daily sending quota exceeded                        | quota
END     | 550 | 5.4.5 Daily user sending limit exceeded                   | quota
RCPT    | 552 | 5.4.5 quota of this account                               | quota
RCPT    | 452 | 5.4.5 too many today                                      | quota
RCPT    | 550 | Daily sending quota exceeded                              | quota
RCPT    | 550 | You have exceeded your hourly sending limit               | quota
RCPT    | 452 | 4.7.1 message rate limit exceeded                         | quota
MAIL    | 553 | sorry, that sender is not yours                           | sender
MAIL    | 550 | 5.1.7 bad sender                                          | sender
MAIL    | 550 | 5.1.8 sender domain not found                             | sender
MAIL    | 553 | 5.7.1 Sender address rejected: not owned by user          | sender
MAIL    | 530 | 5.7.0 Authentication Required                             | login
RCPT    | 550 | 5.1.1 User unknown                                        | failed dead bad_address
RCPT    | 551 | 5.1.6 moved                                               | failed dead bad_address
RCPT    | 553 | 5.1.3 bad syntax                                          | failed dead bad_address
RCPT    | 550 | 5.1.2 no such host                                        | failed dead bad_address
RCPT    | 550 | 5.1.10 no MX                                              | failed dead bad_address
RCPT    | 550 | no such user                                              | failed doubtful bare_refusal
RCPT    | 554 | transaction failed                                        | failed doubtful bare_refusal
RCPT    | 550 | 5.7.1 refused                                             | failed keep policy
RCPT    | 550 | 5.7.25 no PTR                                             | failed keep policy
END     | 550 | 5.7.26 unauthenticated                                    | failed keep policy
END     | 550 | 5.7.27 no SPF                                             | failed keep policy
END     | 554 | your mail looks like spam                                 | failed keep policy
RCPT    | 550 | 5.1.1 <a@example.com>: your server is blocked             | failed keep policy
RCPT    | 550 | 5.1.1 <spam@blocked.example>: unknown                     | failed dead bad_address
RCPT    | 450 | 4.2.1 mailbox busy                                        | retry keep
RCPT    | 450 | 4.7.1 greylisted                                          | retry keep greylisted
RCPT    | 451 | 4.7.1 try again                                           | retry keep greylisted
RCPT    | 451 | Greylisting in action                                     | retry keep greylisted
RCPT    | 452 | 4.2.2 over quota                                          | retry full full
RCPT    | 552 | 5.2.2 mailbox full                                        | retry full full
RCPT    | 552 | mailbox storage quota exceeded                            | retry full full
END     | 552 | 5.3.4 message too big                                     | failed keep content
DATA    | 552 | 5.2.3 too big                                             | failed keep content
END     | 554 | 5.6.0 bad content                                         | failed keep content
END     | 552 | 5.7.0 blocked because its content is a security issue     | failed keep content
END     | 250 | 2.0.0 OK                                                  | sent keep
END     | 451 | 4.3.0 try later                                           | retry keep other
END     | 0   | Connection unexpectedly closed                            | in_doubt keep doubt
END     | 200 | well                                                      | in_doubt keep doubt
DATA    | 0   | Connection unexpectedly closed                            | unreachable
RCPT    | 451 | 4.3.2 system not ready                                    | retry keep other
RCPT    | 503 | 5.5.1 bad sequence                                        | failed keep other
DATA    | 554 | 5.5.1 no valid recipients                                 | failed keep other
"""

REAL = """
550 | 5.2.2 <sabineko@example.jp>... Mailbox Full                                                  | mailbox full
552 | 5.2.2 The recipient's inbox is out of storage space and inactive.                            | mailbox full
552 | 5.2.2 Over quota                                                                             | mailbox full
552 | Error: disk quota exceeded                                                                   | mailbox full
552 | Message for <bbbsss@example.com> would exceed mailbox quota                                  | mailbox full
450 | 4.2.2 <kijitora@example.jp>... Mailbox Full (state 14)                                       | mailbox full
554 | 5.7.1 <kijitora@example.com>: Relay access denied                                            | policy
550 | 5.7.26 Unauthenticated email from libsisimai.org is not accepted due to                      | policy
550 | 5.7.1 Message content rejected, UBE, id=00000-00-000                                         | policy
550 | 5.7.1 addresses in From: header are not                                                      | policy
554 | 5.7.1 Reverse DNS failed.                                                                    | policy
550 | 5.7.1 RESOLVER.RST.AuthRequired; authentication required                                     | policy
550 | 5.1.0 192.0.2.222 is not allowed to send from <example.net> per it's SPF Record.             | policy
550 | 5.7.509 Access denied, sending domain does not pass DMARC verification                       | policy
554 | 5.7.9 Message not accepted for policy reasons. See https://senders.yahooinc.com/error-codes  | policy
554 | Blocked - see                                                                                | policy
550 | 5.7.25 PTR record setup, or the corresponding forward DNS entry does                         | policy
554 | 5.7.1 [C14] Missing reverse DNS for 203.0.113.2                                              | policy
550 | 5.7.0 Local Policy Violation                                                                 | policy
554 | Mail from nekonyaan@example.net rejected for policy                                          | policy
550 | 5.7.1 <root@nijo.example.jp>... Access denied                                                | policy
550 | Unauthenticated senders not allowed                                                          | policy
550 | domain [example.com] mismatches client ip 192.0.2.225.                                       | policy
554 | INVALID IP FOR SENDING MAIL OF DOMAIN amazonses.com                                          | policy
550 | Please turn on SMTP Authentication in your mail client.                                      | policy
550 | NN-222 Unfortunately, messages from 203.0.113.2 weren't sent.                                | policy
554 | st11p00im-smtpin013.me.com ESMTP not accepting connections                                   | policy
550 | 5.2.1 The user you are trying to contact is receiving mail at a                              | other 5xx
550 | 5.2.1 <mikeneko@example.jp>... User Unknown                                                  | other 5xx
503 | 5.0.0 Need RCPT (recipient)                                                                  | other 5xx
550 | 5.2.0 Mail rejete. Mail rejected. ofr_506 [506]                                              | other 5xx
550 | 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient                      | other 5xx
541 | 5.4.1 Mail rejected by destination domain                                                    | other 5xx
550 | 5.4.312 Message expired, DNS query failed                                                    | other 5xx
553 | 5.3.0 <kijitora@example.co.jp>... No such user here                                          | other 5xx
525 | 5.7.13 <neko-nyaan@example.org>: Recipient address rejected: Disabled recipient address      | other 5xx
521 | 5.3.2 <notaccept@libsisimai.net>: Recipient address rejected: System not accepting messages. | other 5xx
550 | 5.1.351 Remote server returned unknown recipient or mailbox unavailable                      | other 5xx
450 | service permits 2 unverifyable sending IPs - neko.example.com is not 203.0.113.2             | other 4xx
452 | 4.4.5 Insufficient disk space; try again later                                               | other 4xx
451 | 4.3.0 Error: queue file write error                                                          | other 4xx
450 | busy - please try later                                                                      | other 4xx
451 | 4.7.650 The mail server [192.0.2.25] has been                                                | other 4xx
550 | <otsu-sakaba-hunter-neko-nyaaaaaaan@ezweb.ne.jp>: User unknown                               | bare refusal
554 | 5.0.0 Service unavailable                                                                    | bare refusal
550 | Requested action not taken: no such user here                                                | bare refusal
550 | user unknown                                                                                 | bare refusal
550 | kijitora@example.org... No such user                                                         | bare refusal
550 | sorry, no mailbox here by that name (#5.1.1 - chkusr)                                        | bare refusal
554 | delivery error: dd This user doesn't have a yahoo.com account                                | bare refusal
550 | 5.0.0 <this-local-part-does-not-exist-on-the-system@mineo.jp>... User unknown                | bare refusal
550 | 5.1.1 <kijitora@example.jp>... Invalid recipient                                             | bad address
550 | 5.1.2 <neko@xn--cesupi09d.jp>... Host unknown (Name server: host not found)                  | bad address
550 | 5.1.1 RESOLVER.ADR.RecipNotFound; not found                                                  | bad address
550 | 5.1.1 The email account that you tried to reach does not exist. Please try                   | bad address
550 | 5.1.1 https://support.google.com/mail/?p=NoSuchUser y3si675602plr.1 - gsmtp                  | bad address
550 | 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup            | bad address
550 | 5.1.6 recipient no longer on server: kijitora@example.jp                                     | bad address
550 | 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]          | bad address
553 | 5.1.1 unknown or illegal user:                                                               | bad address
550 | 5.1.1 <bad_user@aol.com>: Recipient address rejected: aol.com [RCPT_TO]                      | bad address
421 | 4.7.0 st11p00im-smtpin005.me.com Error: too many errors                                      | too fast
421 | 4.2.1 Service refuse. Veuillez essayer plus tard.                                            | too fast
421 | 4.7.0 [TSS04] Messages from 192.0.2.25 temporarily deferred due to unexpected volume         | too fast
450 | 4.7.1 <c135.kyoto.example.ne.jp[192.0.2.56]>: Client host rejected                           | greylisting
"""


def table(text: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split(" | ")) for line in text.strip().splitlines()]


@pytest.mark.parametrize(("step", "code", "words", "means"), table(ROWS))
def test_each_row_of_the_table_means_what_delivery_says(step: str, code: str, words: str, means: str) -> None:
    assert what(meaning_of(Reply(Step[step], int(code), words))) == means


@pytest.mark.parametrize(("code", "words", "row"), table(REAL))
def test_real_replies_to_a_recipient_are_understood(code: str, words: str, row: str) -> None:
    assert row_of(Reply(Step.RCPT, int(code), words)).name == row


def test_there_are_sixty_real_replies_and_every_row_is_tried() -> None:
    assert len(table(REAL)) >= 60
    tried = {row_of(Reply(Step[step], int(code), words)).name for step, code, words, _ in table(ROWS)}
    assert tried == {row.name for row in TABLE}


def test_only_a_dead_doubtful_or_full_address_can_ever_be_suppressed_for_it() -> None:
    for row in TABLE:
        if row.meaning.address is not AddressState.KEEP:
            assert row.meaning.halt is None
            assert Step.MAIL not in row.steps


def test_silence_after_the_letter_is_the_only_doubt_and_250_the_only_yes() -> None:
    for code in range(1000):
        meaning = meaning_of(Reply(Step.END, code))
        assert (meaning.result is SendResult.SENT and meaning.halt is None) == (code == 250)
        if not 400 <= code < 600 and code != 250:
            assert (meaning.result, meaning.category) == (SendResult.IN_DOUBT, ReplyCategory.DOUBT)


def test_every_step_and_code_has_a_row() -> None:
    for step in Step:
        for code in (0, 200, 220, 250, 354, 399, 400, 421, 452, 499, 500, 550, 599, 999):
            assert row_of(Reply(step, code, "")).name


def test_how_long_is_waited_and_rested() -> None:
    connect = meaning_of(Reply(Step.CONNECT, 0))
    assert [wait / timedelta(minutes=1) for wait in connect.waits] == [1, 5, 15, 60]
    assert [wait / timedelta(minutes=1) for wait in meaning_of(Reply(Step.RCPT, 421)).waits] == [5, 15]
    assert meaning_of(Reply(Step.RCPT, 421)).rests == HOUR
    assert meaning_of(Reply(Step.AUTH, 454, "4.7.0")).rests == HOUR
    assert meaning_of(Reply(Step.RCPT, 550, "5.4.5")).rests == 24 * HOUR
    assert meaning_of(Reply(Step.AUTH, 535)).waits == ()
    assert meaning_of(Reply(Step.RCPT, 450, "4.2.1")).retry == (HOUR,)
    grey = meaning_of(Reply(Step.RCPT, 450, "4.7.1")).retry
    assert timedelta(minutes=5) <= grey[0] <= timedelta(minutes=15)
    assert grey[1:] == (HOUR / 2, HOUR)


@pytest.mark.parametrize("halt", Halt)
def test_every_halt_is_told_in_three_lines_of_its_own(halt: Halt) -> None:
    account = MailAccount("juma@gmail.com", lambda: "app-password", "smtp.gmail.com", 465, "juma@gmail.com")
    step = Step.AUTH if halt is Halt.LOGIN else Step.MAIL
    what, why, next_step = SENTENCES[halt](account, Reply(step, 535, "5.7.8 words"))
    assert what
    assert why
    assert next_step
    assert len({tell(account, Reply(step, 535, "words"))[0] for tell in SENTENCES.values()}) == len(Halt)


def test_gmails_535_names_the_app_password() -> None:
    account = MailAccount("juma@gmail.com", lambda: "usual", "smtp.gmail.com", 465, "juma@gmail.com")
    stop = stop_for(account, Reply(Step.AUTH, 535, "5.7.8 Username and Password not accepted"))
    assert "app password" in str(stop)
    assert "myaccount.google.com/apppasswords" in stop.next_step
