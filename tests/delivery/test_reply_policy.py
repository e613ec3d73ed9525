"""What a server's replies do to a whole run: against a real server, on a clock that moves only by waiting."""

import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.channel_contract import MORNING, NAIROBI, WORDS, a_letter, said, sealed
from tests.mail.authority import Authority
from tests.mail.post_office import CUT_AFTER, PASSWORD, USER, PostOffice
from toolkit.channels.account import MailAccount, Timeouts
from toolkit.channels.call_list import Callee, CallList
from toolkit.channels.channel import ChannelPolicy, Mode
from toolkit.channels.mail import MAIL_POLICY, MailChannel
from toolkit.clock import FixedClock
from toolkit.delivery.journal import Journal
from toolkit.delivery.letter_record import LetterRecord, Outcome, State
from toolkit.delivery.loop import Delivery, Hold, LiveContext
from toolkit.delivery.outbox import Outbox
from toolkit.delivery.policy import spread
from toolkit.delivery.suppressed import SuppressedList
from toolkit.errors import WorkbookBusy
from toolkit.letters.letter import Letter


@dataclass
class Post:
    """An outbox, a mail channel, a real server, and a clock."""

    office: PostOffice
    journal: Journal
    calls: Path
    tls: Callable[[], ssl.SSLContext]
    policy: ChannelPolicy = MAIL_POLICY
    clock: FixedClock = field(default_factory=lambda: FixedClock(MORNING))
    look_again: Callable[[Sequence[LetterRecord]], Callable[[LetterRecord], Hold | None]] = lambda _: lambda _: None
    quiet_until: datetime | None = None
    delivery: Delivery = field(init=False)

    def send(self, letters: Sequence[Letter], limit: int | None = None) -> dict[str, Outcome]:
        patience = Timeouts(5, 5, 5)
        account = MailAccount(
            USER,
            lambda: PASSWORD,
            "localhost",
            self.office.port,
            USER,
            tls_first=False,
            tls=self.tls,
            patience=patience,
        )
        live = LiveContext(self.clock.wait, lambda: 0.5, self.look_again, lambda: self.quiet_until)
        outbox = Outbox(self.journal, Mode.LIVE, sealed, self.clock.now, NAIROBI)
        calls = CallList(self.calls, lambda _: Callee(), WORDS, Mode.LIVE)
        mail = MailChannel(account, policy=self.policy)
        today = self.clock.now().astimezone(NAIROBI).date()
        self.delivery = Delivery(outbox, [calls, mail], today, limit, live=live)
        told = self.delivery.run(letters)
        return {one.header.client: one for one in told}

    def later(self, **span: float) -> None:
        self.clock.moment += timedelta(**span)

    def suppressed(self) -> list[tuple[str, str]]:
        return [(one.client, one.why) for one in SuppressedList(self.journal).all()]


@pytest.fixture
def post(tmp_path: Path, authority: Authority) -> Iterator[Post]:
    with ExitStack() as stack:
        office = stack.enter_context(PostOffice(authority.server()))
        journal = stack.enter_context(Journal(tmp_path / "journal.sqlite"))
        yield Post(office, journal, tmp_path / "calls", authority.client)


def letters(number: int, campaign: str = "thank_you") -> list[Letter]:
    names = [f"c{n:03}" for n in range(1, number + 1)]
    last = date(2027, 12, 31)
    return [a_letter(one.upper(), address=f"{one}@example.com", campaign=campaign, expires=last) for one in names]


def replies(**by_client: str) -> Callable[[str, str], str]:
    """RCPT's reply by client, c001="550 no"; all others are well."""
    return lambda step, to: by_client.get(to.partition("@")[0], "") if step == "RCPT" else ""


def states(told: dict[str, Outcome]) -> dict[str, str]:
    return {client: str(one.state) for client, one in told.items()}


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "END"])
def test_after_our_quota_not_one_more_letter_leaves_and_nobody_is_suppressed(post: Post, step: str) -> None:
    asked: list[str] = []

    def third_is_too_much(at: str, _address: str) -> str:
        asked.append(at)
        return "550 5.4.5 Daily user sending limit exceeded" if at == step and asked.count(step) >= 3 else ""

    post.office.rule = third_is_too_much
    told = post.send(letters(6))
    assert states(told) == dict.fromkeys(("C001", "C002"), "sent") | dict.fromkeys(
        ("C003", "C004", "C005", "C006"), "planned"
    )
    assert asked.count(step) == 3
    assert post.delivery.stopped is not None
    assert "no client is to blame" in str(post.delivery.stopped)
    post.later(hours=23)
    assert set(states(post.send([])).values()) == {"planned"}
    assert asked.count(step) == 3, "nobody even asked again within 24 hours"
    assert len(post.office.taken) == 2
    assert post.suppressed() == []
    post.office.rule = lambda _step, _address: ""
    post.later(hours=2)
    assert set(states(post.send([])).values()) == {"sent"}
    assert set(post.office.copies.values()) == {1}


def test_a_421_closes_slows_down_and_the_third_stops_for_an_hour(post: Post) -> None:
    post.office.rule = lambda step, _: "421 4.7.0 slow down" if step == "MAIL" else ""
    told = post.send(letters(2))
    assert set(states(told).values()) == {"planned"}
    assert [wait for wait in post.clock.waits if wait >= 60] == [300, 900]
    assert post.delivery.stopped is not None
    assert "no letter leaves before" in str(post.send([])["C001"].record.words)
    post.office.rule = lambda _step, _address: ""
    post.later(hours=1)
    assert set(states(post.send([])).values()) == {"sent"}


def test_after_one_421_letters_leave_at_half_the_pace(post: Post) -> None:
    once = ["421 4.7.0 slow down"]
    post.office.rule = lambda step, _: once.pop() if step == "MAIL" and once else ""
    assert set(states(post.send(letters(3))).values()) == {"sent"}
    assert post.clock.waits[0] == 300
    assert post.clock.waits[-1] == pytest.approx(7.5)


def test_a_server_out_of_reach_is_tried_five_times_and_loses_nothing(post: Post, authority: Authority) -> None:
    with PostOffice(authority.server()) as gone:
        pass
    here, post.office = post.office, gone
    assert set(states(post.send(letters(2))).values()) == {"planned"}
    assert [wait for wait in post.clock.waits if wait >= 60] == [60, 300, 900, 3600]
    post.office = here
    assert set(states(post.send([])).values()) == {"sent"}


def test_a_refused_login_stops_at_once(post: Post) -> None:
    post.office.rule = lambda step, _: "535 5.7.8 no" if step == "LOGIN" else ""
    assert set(states(post.send(letters(2))).values()) == {"planned"}
    assert post.clock.waits == []
    assert len([one for one in post.office.heard if one.startswith("AUTH")]) == 1


def test_a_dead_address_is_suppressed_and_the_run_goes_on(post: Post) -> None:
    post.office.rule = replies(c002="550 5.1.1 no such user")
    told = post.send(letters(3))
    assert states(told) == {"C001": "sent", "C002": "failed", "C003": "sent"}
    assert post.suppressed() == [("C002", "dead-address")]


def test_a_bare_refusal_suppresses_only_the_second_time_a_day_apart(post: Post) -> None:
    post.office.rule = replies(c001="550 rejected")
    post.send(letters(1))
    post.later(hours=1)
    post.send(letters(1, campaign="follow_up"))
    assert post.suppressed() == []
    post.later(hours=24)
    post.send(letters(1, campaign="newsletter"))
    assert post.suppressed() == [("C001", "refused-twice")]


def test_a_full_mailbox_gets_three_tries_and_is_closed_after_three_letters(post: Post) -> None:
    post.office.rule = replies(c001="452 4.2.2 mailbox full")
    for number, campaign in enumerate(("thank_you", "follow_up", "newsletter")):
        one = letters(1, campaign=campaign)
        assert post.send(one)["C001"].state is State.RETRY
        for state in (State.RETRY, State.FAILED):
            post.later(hours=24)
            assert post.send([])["C001"].state is state
        assert len(post.suppressed()) == (1 if number == 2 else 0)


def test_greylisting_is_waited_out(post: Post) -> None:
    post.office.rule = replies(c001="451 4.7.1 greylisted")
    assert post.send(letters(1))["C001"].state is State.RETRY
    for minutes in (10, 30):
        post.later(minutes=minutes - 1)
        before = len(post.clock.waits)
        assert post.send([])["C001"].state is State.RETRY
        assert len(post.clock.waits) == before
        post.later(minutes=1)
        assert post.send([])["C001"].state is State.RETRY
    post.office.rule = lambda _step, _address: ""
    post.later(minutes=60)
    assert post.send([])["C001"].state is State.SENT


@pytest.mark.parametrize(
    ("reply", "sent_before_the_stop"),
    [("550 5.7.1 blocked", 3), ("552 5.3.4 too big", 3), (CUT_AFTER, 3), ("550 5.1.1 unknown", 5), ("554 5.5.1 no", 5)],
)
def test_too_much_of_one_sign_stops_the_run(post: Post, reply: str, sent_before_the_stop: int) -> None:
    at = "RCPT" if reply.startswith("550") else "END"
    post.office.rule = lambda step, _: reply if step == at else ""
    told = post.send(letters(8))
    assert sum(one.state is State.PLANNED for one in told.values()) == 8 - sent_before_the_stop
    assert post.delivery.stopped is not None
    assert len(str(post.delivery.stopped).splitlines()) == 3


def test_the_daily_limit_rolls_over_24_hours(post: Post) -> None:
    post.policy = replace(MAIL_POLICY, per_day=3)
    told = post.send(letters(5))
    assert list(states(told).values()) == ["sent"] * 3 + ["planned"] * 2
    assert said(told["C005"].record.words) == "waiting: the daily limit is reached (sent in the last 24 hours: 3)"
    post.later(hours=23)
    assert set(states(post.send([])).values()) == {"planned"}
    post.later(hours=2)
    assert set(states(post.send([])).values()) == {"sent"}


def called(number: int) -> list[Letter]:
    return [a_letter(f"P{n:03}", address="", expires=date(2027, 12, 31)) for n in range(1, number + 1)]


def test_what_a_person_carries_does_not_count_for_the_daily_limit_and_keeps_no_pace(post: Post) -> None:
    post.policy = replace(MAIL_POLICY, per_day=2)
    post.send([*called(5), *letters(1)])
    assert post.clock.waits == []
    assert set(states(post.send([*called(5), *letters(3)])).values()) == {"sent", "planned"}
    assert len(post.office.taken) == 2


def test_in_quiet_hours_mail_rests_and_people_may_call(post: Post) -> None:
    post.quiet_until = MORNING + timedelta(hours=2)
    told = post.send([*called(1), *letters(1)])
    assert states(told) == {"P001": "sent", "C001": "planned"}
    assert said(told["C001"].record.words) == "waiting: quiet until 2026-11-21 12:02"
    post.quiet_until = None
    assert set(states(post.send([])).values()) == {"sent"}


def test_at_most_twenty_leave_in_a_minute(post: Post) -> None:
    post.send(letters(41))
    moments = [one.dated for one in post.journal.records(Mode.LIVE) if one.dated]
    for start in moments:
        assert sum(start <= one < start + timedelta(minutes=1) for one in moments) <= 20
    assert len(set(moments)) > 20


def test_who_withdraws_is_skipped_from_the_next_batch_on(post: Post) -> None:
    looks: list[int] = []

    def look_again(_batch: Sequence[LetterRecord]) -> Callable[[LetterRecord], Hold | None]:
        looks.append(len(post.office.taken))
        gone = {"C005", "C015"} if len(looks) > 1 else set()
        return lambda entry: Hold("no consent any more") if entry.header.client in gone else None

    post.look_again = look_again
    told = post.send(letters(20))
    assert looks == [0, 10]
    assert [client for client, one in told.items() if one.state is State.SUPPRESSED] == ["C015"]
    assert sum(one.state is State.SENT for one in told.values()) == 19


def test_a_workbook_that_cannot_be_read_again_stops_the_run(post: Post) -> None:
    def look_again(_batch: Sequence[LetterRecord]) -> Callable[[LetterRecord], Hold | None]:
        raise WorkbookBusy("clients.xlsx is open", why="Excel holds it", next_step="close it")

    post.look_again = look_again
    assert set(states(post.send(letters(2))).values()) == {"planned"}
    assert post.office.taken == []
    assert post.delivery.stopped is not None


def test_a_large_plan_is_spread_over_days_and_says_what_would_be_late() -> None:
    day = date(2026, 11, 21)
    plan = spread([day + timedelta(days=2)] * 1000, day, 100, 400)
    assert [number for _, number in plan.days] == [100, 400, 400]
    assert plan.late == 100
    assert str(plan) == "100 on 2026-11-21, 400 on 2026-11-22, 400 on 2026-11-23; 100 would be too late"
    assert spread([], day, 400, 400).days == ()


def test_a_letter_in_doubt_keeps_its_date_and_bytes_when_a_person_sends_it_again(post: Post) -> None:
    post.office.rule = lambda step, _: CUT_AFTER if step == "END" else ""
    post.send(letters(1))
    post.office.rule = lambda _step, _address: ""
    post.later(days=2)
    (entry,) = post.journal.records(Mode.LIVE)
    post.journal.move(Mode.LIVE, replace(entry, state=State.PLANNED, done_at=None))
    post.send([])
    first, second = post.office.taken
    assert first.content == second.content
