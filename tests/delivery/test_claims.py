"""Claims on a real sheet: whose a letter is, whatever people do to the Outbox tab meanwhile."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from tests.delivery.made_up import a_record
from tests.sheets.google.sheet_desk import made_of, sheet_of
from tests.sheets_server.faults import lost_reply, next_ones, refuse
from tests.sheets_server.people import People
from tests.sheets_server.server import SheetsServer
from toolkit.app.texts import read_texts
from toolkit.book import own_tabs
from toolkit.book.grid import OwnCell, Tabs
from toolkit.book.i18n import Lexicon
from toolkit.delivery.letter_record import LetterRecord, Outcome, State
from toolkit.delivery.shared.claims import CLAIM_TRIES, Claims
from toolkit.delivery.shared.remote_letters import letter_row
from toolkit.errors import WorkbookBusy
from toolkit.sheets.workbook import Team

TODAY = date(2026, 11, 21)
LEXICON: Lexicon = read_texts(None).lexicon
WORDS = LEXICON.words("en")


def letters(*numbers: int, state: State = State.PLANNED) -> list[LetterRecord]:
    return [
        a_record(
            f"C{number:03}",
            "asha@example.com",
            key=f"{number:064x}"[::-1],
            campaign="thank_you",
            occurrence="2026-11",
            name="Asha",
            subject="=Thanks",
            state=state,
            channel="mail",
        )
        for number in numbers
    ]


@dataclass
class Desk:
    server: SheetsServer
    people: People

    def claims(self, computer: str, after: State = State.SENT) -> Claims:
        def row(record: LetterRecord, state: State) -> tuple[object, ...]:
            from dataclasses import replace  # noqa: PLC0415 - one use

            return letter_row(Outcome(replace(record, state=state), TODAY), WORDS, computer)

        return Claims(
            team=sheet_of(self.server, self.people).team,
            tab="Outbox",
            beside=("Suppressed",),
            computer=computer,
            lexicon=LEXICON,
            row_of=lambda record: row(record, State.CLAIMED),  # type: ignore[arg-type,return-value]  # a row of cells
            row_after=lambda record: row(record, after),  # type: ignore[arg-type,return-value]  # a row of cells
        )

    def at_request(self, number: int, work: Callable[[], object]) -> None:
        """People work before the next request of this number."""
        left = [number]

        def between(_seen: object) -> None:
            left[0] -= 1
            if left[0] == 0:
                work()

        self.server.between = between

    def states(self) -> list[tuple[object, object]]:
        return [(row[1], row[5]) for row in self.people.values("Outbox")[1:] if row]


@pytest.fixture
def desk() -> Iterator[Desk]:
    tabs = {
        "Outbox": (
            own_tabs.HEADINGS[own_tabs.OUTBOX],
            ("2026-11-01", "C900", "Old", "Thank-you", "Hi", "Done", "", "f" * 16),
        ),
        "Suppressed": (own_tabs.HEADINGS[own_tabs.SUPPRESSED], ("", "C5", "", "rang us")),
    }
    with SheetsServer() as server:
        yield Desk(server, made_of(server, tabs))


def numbers(keys: frozenset[str], batch: list[LetterRecord]) -> list[str]:
    return [one.header.client for one in batch if one.key in keys]


def test_a_batch_takes_one_append_and_one_read_and_tells_of_the_last_one(desk: Desk) -> None:
    ann = desk.claims("ann")
    ann.team.fresh(["Outbox"])
    desk.server.forget()

    mine, tabs = ann.claim(letters(1, 2))
    assert numbers(mine, letters(1, 2)) == ["C001", "C002"]
    assert tabs["Suppressed"][1][1] == "C5"
    mine, _ = ann.claim(letters(3))

    assert (desk.server.count("write"), desk.server.count("read")) == (2, 2)
    assert desk.states()[1:] == [
        ("C001", "Taken"),
        ("C002", "Taken"),
        ("C001", "Done"),
        ("C002", "Done"),
        ("C003", "Taken"),
    ]


def test_what_another_computer_took_or_sent_is_not_ours(desk: Desk) -> None:
    desk.claims("ann").claim(letters(1, 2))

    mine, _ = desk.claims("ben").claim(letters(2, 3))

    assert numbers(mine, letters(2, 3)) == ["C003"]
    assert numbers(desk.claims("ann").claim(letters(1, 3))[0], letters(1, 3)) == ["C001"]


def test_what_another_computer_put_off_or_only_rehearsed_may_be_ours(desk: Desk) -> None:
    ben = desk.claims("ben")
    ben.team.append("Outbox", [letter_row(Outcome(record, TODAY), WORDS, "ben") for record in letters(1)])
    folder = [("2026-11-20", "C002", "", "", "", "Done", "", letters(2)[0].key[:16], "folder", "ben")]
    ben.team.append("Outbox", folder)

    assert len(desk.claims("ann").claim(letters(1, 2))[0]) == 2


@dataclass
class Interrupted:
    """A team whose next read something comes before."""

    team: Team
    before: Callable[[], object]

    def append(self, tab: str, rows: Sequence[Sequence[OwnCell]]) -> int:
        return self.team.append(tab, rows)

    def fresh(self, tabs: Sequence[str]) -> Tabs:
        self.before()
        return self.team.fresh(tabs)


def test_of_two_that_claim_at_once_never_both_have_it(desk: Desk) -> None:
    ann, ben = desk.claims("ann"), desk.claims("ben")
    got: list[frozenset[str]] = []
    ann.team = Interrupted(ann.team, lambda: got.append(ben.claim(letters(1))[0]))  # type: ignore[assignment]  # enough of it

    got.append(ann.claim(letters(1))[0])

    assert got == [frozenset(), frozenset()], "each saw the other's row"


@pytest.mark.parametrize("both", [True, False])
def test_rows_that_people_moved_meanwhile_are_claimed_anew(desk: Desk, both: bool) -> None:  # noqa: FBT001 - a case
    ann = desk.claims("ann")
    ann.team.fresh(["Outbox"])
    desk.at_request(2, lambda: desk.people.sort("Outbox", 2, down=True) if both else None)

    mine, _ = ann.claim(letters(1, 2))

    assert len(mine) == 2
    assert len(desk.people.values("Outbox")) == 2 + 2 * (1 + both)


def test_a_tab_that_changes_all_the_time_gives_nothing_away(desk: Desk) -> None:
    ann = desk.claims("ann")
    ann.team.fresh(["Outbox"])
    desk.server.between = lambda _: desk.people.insert_rows("Outbox", 2)

    with pytest.raises(WorkbookBusy, match="changes all the time"):
        ann.claim(letters(1))


def test_a_row_of_ours_that_somebody_changed_or_deleted_is_no_claim(desk: Desk) -> None:
    ann = desk.claims("ann")
    ann.team.fresh(["Outbox"])
    desk.at_request(2, lambda: desk.people.type("Outbox", "J3", "ben"))

    mine, _ = ann.claim(letters(1))

    assert mine == frozenset(), "the row says that it is ben's"


@pytest.mark.parametrize("fault", [lost_reply(), refuse(503), refuse(503, applied=True), refuse(429)])
def test_an_append_whose_answer_got_lost_is_read_back_and_made_again(desk: Desk, fault: object) -> None:
    ann = desk.claims("ann")
    desk.server.weather = next_ones(fault, deed="write")  # type: ignore[arg-type]  # a Fault

    assert len(ann.claim(letters(1, 2))[0]) == 2


def test_a_sheet_out_of_reach_gives_nothing_away(desk: Desk) -> None:
    ann = desk.claims("ann")
    desk.server.weather = next_ones(refuse(503), times=CLAIM_TRIES, deed="write")

    with pytest.raises(WorkbookBusy):
        ann.claim(letters(1))
