"""yagmail against a real mail server with STARTTLS and AUTH."""

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.channel_contract import ChannelContract, a_letter, enveloped
from tests.mail.authority import Authority
from tests.mail.post_office import CUT, CUT_AFTER, PASSWORD, SILENCE, USER, PostOffice
from toolkit.channels.account import MailAccount, Timeouts
from toolkit.channels.channel import AddressState, Channel, ChannelStopped, ReplyCategory, SendResult
from toolkit.channels.mail import MailChannel

OfficeFor = Callable[..., PostOffice]


def account(office: PostOffice, tls: Callable[[], ssl.SSLContext], **changes: object) -> MailAccount:
    given: dict[str, object] = {
        "user": USER,
        "password": lambda: PASSWORD,
        "host": "localhost",
        "port": office.port,
        "sender": USER,
        "tls_first": office.tls_first,
        "tls": tls,
        "patience": Timeouts(5, 5, 5),
    }
    return MailAccount(**{**given, **changes})  # type: ignore[arg-type]  # a table of settings


class TestMailChannel(ChannelContract):
    @pytest.fixture(autouse=True)
    def _opened(self, office: PostOffice, authority: Authority) -> Iterator[None]:
        self.office = office
        self.mail = MailChannel(account(office, authority.client))
        yield
        self.mail.close()

    def channel(self, folder: Path) -> Channel:
        folder.mkdir(exist_ok=True)
        return self.mail

    def how_many_left(self, channel: Channel) -> int:
        assert channel is self.mail
        return len(self.office.taken)

    def test_a_letter_arrives_as_it_was_sealed_over_one_connection(self) -> None:
        letters = [enveloped(a_letter(f"C{n}", address=f"c{n}@example.com")) for n in range(5)]
        for one in letters:
            assert self.mail.send(one, lambda: None).words == "250 2.0.0 taken"
        assert [one.content for one in self.office.taken] == [one.message for one in letters]
        assert [one.recipients for one in self.office.taken] == [(f"c{n}@example.com",) for n in range(5)]
        assert {one.sender for one in self.office.taken} == {USER}
        assert (self.office.logins, self.mail.logins) == (1, 1)

    def test_lines_that_begin_with_a_dot_stay_and_end_nothing(self) -> None:
        one = enveloped(a_letter(text=".\r\n..\r\n.hidden\r\nRCPT TO:<eve@example.com>\r\n.\r\nbye"))
        assert self.mail.send(one, lambda: None).result is SendResult.SENT
        assert [letter.content for letter in self.office.taken] == [one.message]

    def test_a_server_that_went_away_while_we_paused_is_called_again(self) -> None:
        self.mail.send(enveloped(a_letter("C1")), lambda: None)
        cuts = ["", CUT]
        self.office.rule = lambda step, _: cuts.pop() if step == "MAIL" and cuts else ""
        assert self.mail.send(enveloped(a_letter("C2")), lambda: None).result is SendResult.SENT
        assert len(self.office.taken) == 2

    @pytest.mark.parametrize("step", ["MAIL", "RCPT"])
    def test_a_line_that_is_cut_before_data_leaves_the_letter_planned(self, step: str) -> None:
        self.office.rule = lambda at, _: CUT if at == step else ""
        on_the_way: list[str] = []
        with pytest.raises(ChannelStopped) as stop:
            self.mail.send(enveloped(a_letter()), lambda: on_the_way.append("called"))
        assert (on_the_way, self.office.taken) == ([], [])
        assert [wait.total_seconds() for wait in stop.value.waits] == [60, 300, 900, 3600]

    @pytest.mark.parametrize("ending", [CUT, CUT_AFTER, "garbage", "999 what", "200 well", "354 more"])
    def test_without_an_answer_to_the_final_dot_a_letter_is_in_doubt(self, ending: str) -> None:
        self.office.rule = lambda step, _: ending if step == "END" else ""
        receipt = self.mail.send(enveloped(a_letter()), lambda: None)
        assert (receipt.result, receipt.category) == (SendResult.IN_DOUBT, ReplyCategory.DOUBT)
        self.office.rule = lambda _step, _address: ""
        assert self.mail.send(enveloped(a_letter("C2")), lambda: None).result is SendResult.SENT

    def test_a_line_that_is_too_long_is_no_answer(self) -> None:
        self.office.rule = lambda step, _: "550 " + "x" * 9000 if step == "END" else ""
        assert self.mail.send(enveloped(a_letter()), lambda: None).result is SendResult.IN_DOUBT

    def test_a_second_login_soon_after_the_first_waits_a_minute(self, authority: Authority) -> None:
        waits: list[float] = []
        mail = MailChannel(account(self.office, authority.client), waits.append)
        for ending in ("garbage", "garbage", ""):
            self.office.rule = lambda step, _, said=ending: said if step == "END" else ""  # type: ignore[misc]  # bound now
            mail.send(enveloped(a_letter()), lambda: None)
        mail.close()
        assert waits == [60, 60]
        assert mail.logins == 3

    def test_silence_ends_in_doubt_when_patience_does(self, authority: Authority) -> None:
        self.office.rule = lambda step, _: SILENCE if step == "END" else ""
        hasty = MailChannel(account(self.office, authority.client, patience=Timeouts(5, 5, 0.2)))
        assert hasty.send(enveloped(a_letter()), lambda: None).result is SendResult.IN_DOUBT

    def test_a_refused_recipient_costs_nobody_elses_letter(self) -> None:
        gone = "550 5.1.1 <gone@example.com>: unknown"
        self.office.rule = lambda step, to: gone if (step, to[:4]) == ("RCPT", "gone") else ""
        refused = self.mail.send(enveloped(a_letter(address="gone@example.com")), lambda: pytest.fail("on its way"))
        assert (refused.result, refused.address) == (SendResult.FAILED, AddressState.DEAD)
        assert refused.words == "550 5.1.1 <g***@e***>: unknown"
        assert self.mail.send(enveloped(a_letter()), lambda: None).result is SendResult.SENT
        assert self.office.logins == 1

    def test_the_server_that_defers_after_data_gets_the_letter_again(self) -> None:
        self.office.rule = lambda step, _: "451 4.3.0 try later" if step == "END" else ""
        assert self.mail.send(enveloped(a_letter()), lambda: None).result is SendResult.RETRY
        assert self.office.taken == []

    def test_an_address_that_smtp_cannot_carry_is_not_carried(self) -> None:
        odd = ("", "a b@example.com", "асель@example.com", "a@b@example.com", '"a"@example.com', "a@ex\r\nRCPT")
        for address in odd:
            assert not self.mail.carries(a_letter(address=address).header), address
        assert self.mail.carries(a_letter(address="asel@почта.example").header)

    def test_an_access_token_logs_in(self, authority: Authority) -> None:
        changes = {"password": lambda: "ya29.token", "is_token": True}
        token = MailChannel(account(self.office, authority.client, **changes))
        assert token.send(enveloped(a_letter()), lambda: None).result is SendResult.SENT
        token.close()

    def test_a_check_sends_nothing(self) -> None:
        self.mail.check(USER)
        assert self.office.taken == []
        self.office.rule = lambda step, _: "553 5.7.1 not your address" if step == "MAIL" else ""
        with pytest.raises(ChannelStopped, match="does not take letters from the sender"):
            self.mail.check(USER)


class TestMailChannelWhereTheServerTakesTwoCommandsAtOnce(TestMailChannel):
    @pytest.fixture(name="office")
    def _office_of_two(self, authority: Authority) -> Iterator[PostOffice]:
        with PostOffice(authority.server(), takes_two_at_once=True) as office:
            yield office

    def test_after_a_refused_sender_the_next_letter_hears_its_own_answers(self) -> None:
        replies = ["", "451 4.3.0 later"]
        self.office.rule = lambda step, _: replies.pop() if step == "MAIL" and replies else ""
        assert self.mail.send(enveloped(a_letter("C1")), lambda: pytest.fail("on its way")).result is SendResult.RETRY
        assert self.mail.send(enveloped(a_letter("C2")), lambda: None).result is SendResult.SENT
        assert (len(self.office.taken), self.office.logins) == (1, 1)
        assert self.mail._yag.smtp.has_extn("pipelining")


def test_tls_from_the_first_word_works_too(authority: Authority) -> None:
    with PostOffice(authority.server(), tls_first=True) as office:
        mail = MailChannel(account(office, authority.client))
        assert mail.send(enveloped(a_letter()), lambda: None).result is SendResult.SENT
        mail.close()


OLD_DAY = datetime(2021, 1, 1, tzinfo=UTC)
BAD_SERVERS: dict[str, tuple[str, Callable[[Authority], PostOffice]]] = {
    "self-signed": ("is not trusted", lambda a: PostOffice(a.server(own=True))),
    "wrong name": ("does not name localhost", lambda a: PostOffice(a.server("elsewhere.example"))),
    "expired": ("is not trusted", lambda a: PostOffice(a.server(until=OLD_DAY))),
    "plain where TLS comes first": ("no safe line", lambda _: PostOffice(None)),
    "STARTTLS stripped": ("no safe line", lambda a: PostOffice(a.server(), offers_starttls=False)),
    "old protocol": ("no safe line", lambda a: PostOffice(a.old_server())),
}


@pytest.mark.parametrize("tls_first", [False, True])
@pytest.mark.parametrize("kind", BAD_SERVERS)
def test_a_server_with_bad_tls_never_hears_the_password(authority: Authority, kind: str, tls_first: bool) -> None:  # noqa: FBT001 - one column of a table
    words, make = BAD_SERVERS[kind]
    office = make(authority)
    if tls_first and (kind == "STARTTLS stripped"):
        pytest.skip("there is nothing to strip where TLS comes first")
    office.tls_first = tls_first and office.tls is not None
    with office:
        mail = MailChannel(account(office, authority.client, tls_first=tls_first))
        with pytest.raises(ChannelStopped, match=words) as stop:
            mail.send(enveloped(a_letter()), lambda: pytest.fail("on its way"))
    assert office.heard == []
    assert stop.value.waits == ()
    assert office.taken == []


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("535 5.7.8 Username and Password not accepted", "refused the login"),
        ("534 5.7.9 Application-specific password required", "refused the login"),
        ("454 4.7.0 Too many login attempts", "lets nobody log in for now"),
    ],
)
def test_a_refused_login_stops_with_its_sentence_and_is_tried_once(
    authority: Authority, office: PostOffice, reply: str, words: str
) -> None:
    office.rule = lambda step, _: reply if step == "LOGIN" else ""
    with pytest.raises(ChannelStopped, match=words) as stop:
        MailChannel(account(office, authority.client)).send(enveloped(a_letter()), lambda: None)
    assert stop.value.waits == ()
    assert PASSWORD not in str(stop.value)


def test_a_server_that_is_not_there_is_waited_for() -> None:
    with PostOffice(None) as office:
        pass
    with pytest.raises(ChannelStopped, match="cannot be reached") as stop:
        MailChannel(account(office, ssl.create_default_context)).send(enveloped(a_letter()), lambda: None)
    assert len(stop.value.waits) == 4


def test_the_password_is_never_shown() -> None:
    with PostOffice(None) as office:
        assert PASSWORD not in repr(MailChannel(account(office, ssl.create_default_context)))
