from dataclasses import replace
from datetime import date

import pytest

from tests.report.small_shop import SATURDAY, Week
from toolkit.app.run_report import RunReport
from toolkit.book.problem import Problem
from toolkit.campaigns.occasion import Held
from toolkit.report.tasks import NO_TASK, Late, Rose, Task, Verb, tasks

PROMISED = """
    Purchase no. | Date       | Client no. | Amount | Staff  | Status    | Promised for | Delivered on
    P1           | 2026-11-01 | C002       | 500    | Zawadi | {status}  | {promised}   | {delivered}
    """


def late(run: RunReport) -> list[Task]:
    return [task for task in tasks(run) if task.verb is Verb.TELL]


def promised(status: str, day: str, delivered: str = "") -> RunReport:
    return Week.of(Purchases=PROMISED.format(status=status, promised=day, delivered=delivered)).run()


def test_a_promised_day_that_passed_is_told_to_the_client_by_who_sold() -> None:
    [task] = late(promised("paid", "2026-11-20"))
    assert task.client.name == "Halima Said"
    assert task.reasons == (Late("P1", date(2026, 11, 1), date(2026, 11, 20)),)
    assert task.who == "Zawadi Njeri"


@pytest.mark.parametrize(
    ("status", "day", "delivered"),
    [
        ("paid", "2026-11-21", ""),
        ("paid", "2026-11-20", "2026-11-21"),
        ("delivered", "2026-11-20", ""),
        ("cancelled", "2026-11-20", ""),
        ("paid", "", ""),
    ],
)
def test_what_was_delivered_cancelled_or_is_promised_for_today_is_not_late(
    status: str, day: str, delivered: str
) -> None:
    assert late(promised(status, day, delivered)) == []


def test_on_a_past_day_what_was_delivered_after_it_was_late() -> None:
    assert len(late(promised("delivered", "2026-11-20", "2026-11-22"))) == 1


def test_lines_of_one_purchase_are_told_once_and_the_oldest_promise_first() -> None:
    run = Week.of(
        Purchases="""
        Purchase no. | Date       | Client no. | Amount | Product | Status | Promised for
        P2           | 2026-11-02 | C001       | 500    | Cotton  | paid   | 2026-11-19
        P2           | 2026-11-02 | C001       | 500    | Thread  | paid   | 2026-11-19
        P1           | 2026-11-01 | C003       | 500    | Cotton  | paid   | 2026-11-12
        """
    ).run()
    assert [(task.client.number, len(task.reasons)) for task in late(run)] == [("C003", 1), ("C001", 1)]


@pytest.mark.parametrize(
    ("code", "verb"),
    [
        ("email-wrong", Verb.MEND),
        ("field-blank", Verb.MEND),
        ("prefers-phone", Verb.CALL),
        ("prefers-post", Verb.WRITE),
        ("prefers-chat", Verb.WRITE),
        ("no-email", Verb.CALL),
        ("unreachable", Verb.ASK),
    ],
)
def test_a_held_letter_says_what_a_person_can_do(code: str, verb: Verb) -> None:
    week = Week.of()
    held = week.held("C001", code)
    [task] = [one for one in tasks(week.run(held=(held,))) if held in one.reasons]
    assert (task.verb, task.client.number, task.who) == (verb, "C001", "Zawadi Njeri")


@pytest.mark.parametrize("code", sorted(NO_TASK))
def test_a_letter_that_only_its_client_or_time_can_free_is_no_task(code: str) -> None:
    week = Week.of()
    run = week.run(held=(week.held("C001", code),))
    assert not any(isinstance(reason, Held) for task in tasks(run) for reason in task.reasons)


def test_a_letter_on_the_call_list_is_a_call_to_make() -> None:
    week = Week.of()
    run = week.run()
    run = replace(run, plan=replace(run.plan, calls=(week.held("C001", "no-email"),)))
    [task] = [one for one in tasks(run) if one.verb is Verb.CALL]
    assert (task.client.number, task.who) == ("C001", "Zawadi Njeri")


def test_a_cell_and_the_letters_that_it_holds_back_are_one_task() -> None:
    week = Week.of()
    run = week.run(held=(week.held("C002", "email-wrong"), week.held("C002", "email-wrong", "newsletter")))
    [task] = [one for one in tasks(run) if one.verb is Verb.MEND]
    assert [type(reason).__name__ for reason in task.reasons] == ["Held", "Held", "Problem"]


def test_cells_of_other_tabs_and_of_rows_without_a_client_are_no_task() -> None:
    run = Week.of().run(
        problems=(
            Problem("Purchases", "B2", "Date", "not-a-date", {"given": "x"}),
            Problem("Clients", "A99", "Client no.", "key-twice"),
            Problem("Clients", "", "Email", "heading-missing"),
        )
    )
    assert all(task.verb is not Verb.MEND for task in tasks(run))


def test_who_rose_this_week_is_to_be_thanked() -> None:
    [task] = [one for one in tasks(Week.of().run()) if one.verb is Verb.THANK]
    assert (task.client.name, task.reasons, task.who) == ("Asha Juma", (Rose("Silver"),), "Zawadi Njeri")


def test_late_deliveries_come_first_and_cells_that_hold_nothing_back_last() -> None:
    week = Week.of()
    run = week.run(SATURDAY, held=(week.held("C003", "prefers-phone"),))
    assert [task.verb for task in tasks(run)] == [Verb.TELL, Verb.CALL, Verb.THANK, Verb.MEND]
