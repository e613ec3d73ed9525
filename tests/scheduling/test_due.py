"""`run --due` as a scheduler calls it, on the example shop, at moments of 2026 in Nairobi."""

import email
import email.policy
import json
import os
from pathlib import Path

import toolkit
from tests.scheduling.conftest import NewDesk
from tests.scheduling.desk import WEEKLY, Desk
from toolkit.book import own_tabs
from toolkit.sheets.xlsx import read_tabs


def week_of(desk: Desk) -> dict[str, str]:
    """The Week tab, as a teammate reads it."""
    return {str(row[0]): str(row[1]) for row in read_tabs(desk.folder / "clients.xlsx")[own_tabs.WEEK][1:]}


def test_the_first_look_ever_only_marks_the_beginning(new_desk: NewDesk) -> None:
    assert new_desk(WEEKLY, looked=False)("run", "--due").stdout == "nothing due\nnext due: Mon 23 Nov 2026 09:00\n"


def test_on_monday_at_nine_the_week_is_done_once(desk: Desk) -> None:
    assert "nothing due" in desk.at(23, 8, 59)("run", "--due").stdout
    first = desk.at(23, 9)("run", "--due")
    assert first.exit_code == 0
    assert "done     weekly@2026-11-23, due Mon 23 Nov 2026 09:00" in first.stdout
    assert len(desk.letters()) == 7
    for minutes in (1, 10, 60, 600):
        assert "nothing due" in desk.after(minutes=minutes)("run", "--due").stdout
    assert len(desk.letters()) == 7


def test_claim_and_workbook_name_this_computer_alike(desk: Desk) -> None:
    desk.at(23, 9)("run", "--due")
    [claim] = (desk.folder / "timetable").glob("weekly@*.json")
    outbox = read_tabs(desk.folder / "clients.xlsx")[own_tabs.OUTBOX]
    [by] = {str(row[own_tabs.HEADINGS[own_tabs.OUTBOX].index("By")]) for row in outbox[1:]}
    assert json.loads(claim.read_text(encoding="utf-8")) == {"computer": by, "who": by}
    assert week_of(desk)["weekly@2026-11-23"].endswith(f", {by}")


def test_a_newsletter_with_a_job_of_its_own_leaves_only_with_it(desk: Desk) -> None:
    desk.at(23, 9)("run", "--due")
    assert not any("newsletter" in one for one in desk.letters())
    told = desk.at(1, 10, month=12)("run", "--due").stdout
    assert "done     newsletter@2026-12" in told
    assert sum("newsletter" in one for one in desk.letters()) == 8


def test_what_passed_while_the_laptop_was_off_is_told_once(desk: Desk) -> None:
    told = desk.at(8, 12, month=12)("run", "--due").stdout
    assert "4 passed while off: 1 written now, 3 too late" in told
    assert "done     weekly@2026-12-07" in told
    for gone in ("weekly@2026-11-23", "weekly@2026-11-30", "newsletter@2026-12"):
        assert f"missed   {gone}" in told
    assert "missed" not in desk.after(minutes=10)("run", "--due").stdout


def test_a_late_newsletter_still_goes_within_three_days(desk: Desk) -> None:
    assert "done     newsletter@2026-12" in desk.at(4, 23, month=12)("run", "--due").stdout


def test_a_job_that_was_taken_out_is_told_and_not_done(desk: Desk) -> None:
    (desk.folder / "outbox").write_text("a file where the folder should be")
    assert desk.at(23, 9)("run", "--due").exit_code == 4
    settings = desk.folder / "sheetclerk.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("weekly =", "# weekly ="), encoding="utf-8")
    told = desk.after(hours=1)("run", "--due").stdout
    assert "missed   weekly@2026-11-23, due Mon 23 Nov 2026 09:00: no longer in the timetable" in told


def test_claims_are_kept_for_ninety_days(desk: Desk) -> None:
    desk.at(23, 9)("run", "--due")
    desk.after(days=50)("run", "--due")
    desk.after(days=45)("run", "--due")
    claims = sorted(one.name for one in (desk.folder / "timetable").iterdir())
    assert claims == ["weekly@2027-01-11.json", "weekly@2027-02-22.json"]


def test_one_json_object_tells_the_run_and_what_was_due(desk: Desk) -> None:
    told = json.loads(desk.at(24, 9)("run", "--due", "--json").stdout)
    assert told["letters"]["written"] == 7
    assert [one["occurrence"] for one in told["due"]["done"]] == ["weekly@2026-11-23"]
    assert told["due"]["next_due"] == "2026-11-30T09:00:00+03:00"
    assert json.loads(desk("run", "--due", "--json").stdout)["due"]["done"] == []


def test_the_week_tab_says_when_the_next_run_is_due_and_what_was_done_by_whom(desk: Desk) -> None:
    desk.at(24, 9)("run", "--due")
    week = week_of(desk)
    assert week["Next run due"] == "2026-11-30 09:00"
    assert week["weekly@2026-11-23"].startswith("2026-11-24 09:00, ")
    desk.at(25, 9)("run")
    assert "weekly@2026-11-23" in week_of(desk), "a person's run keeps it"


def test_in_quiet_hours_nothing_leaves_and_after_them_it_does(new_desk: NewDesk) -> None:
    desk = new_desk(WEEKLY, sending='quiet_hours = "20:00-10:00"')
    assert "waits    weekly@2026-11-23" in desk.at(23, 9)("run", "--due").stdout
    assert desk.letters() == []
    assert "goes after they end" in desk("schedule", "show", "--system", "cron").stdout
    assert "done     weekly@2026-11-23" in desk.at(23, 10)("run", "--due").stdout
    assert len(desk.letters()) == 14


def test_on_a_quiet_day_nothing_leaves(new_desk: NewDesk) -> None:
    desk = new_desk(WEEKLY, sending='quiet_days = ["Monday"]')
    assert "waits    weekly@2026-11-23" in desk.at(23, 18)("run", "--due").stdout
    assert "done     weekly@2026-11-23" in desk.at(24, 0)("run", "--due").stdout


def test_a_failure_is_told_to_the_owner_once_until_a_try_succeeds(desk: Desk) -> None:
    workbook, away = desk.folder / "clients.xlsx", desk.folder / "away.xlsx"
    workbook.rename(away)
    assert desk.at(23, 9)("run", "--due").exit_code == 4
    for _ in range(5):
        desk.after(minutes=10)("run", "--due")
    assert len(desk.notices()) == 1
    notice = email.message_from_bytes(desk.notices()[0].read_bytes(), policy=email.policy.default)
    text = notice.get_body(("plain",))
    assert text is not None
    assert "Duka la Juma" in str(notice["Subject"])
    assert "clients.xlsx" in text.get_content()
    assert "next: " in text.get_content()

    away.rename(workbook)
    assert "done     weekly@2026-11-23" in desk.after(minutes=60)("run", "--due").stdout
    workbook.rename(away)
    desk.at(30, 9)("run", "--due")
    assert len(desk.notices()) == 2


def test_after_a_failure_it_rests_before_it_tries_again(desk: Desk) -> None:
    (desk.folder / "outbox").write_text("a file where the folder should be")
    failed = desk.at(23, 9)("run", "--due")
    assert failed.exit_code == 4
    assert "outbox" in failed.stderr
    resting = desk.after(minutes=5)("run", "--due")
    assert resting.exit_code == 0
    assert "a try failed, the next one comes after Mon 23 Nov 2026 09:10" in resting.stdout
    (desk.folder / "outbox").unlink()
    assert "done     weekly@2026-11-23" in desk.after(minutes=5)("run", "--due").stdout
    assert len(desk.letters()) == 7


def test_a_clock_that_jumped_sends_nothing_until_a_person_says_that_it_is_right(desk: Desk) -> None:
    for day, month, how in ((21, 11, "before the last run"), (30, 12, "more than 60 days after")):
        desk.at(day, 9, month=month).after(days=0 if month == 11 else 60)
        stopped = desk("run", "--due")
        assert stopped.exit_code == 6
        assert how in stopped.stderr
        assert desk.letters() == []
    told = desk("run", "--due", "--clock-is-right").stdout
    assert "too late" in told


def test_the_future_of_a_wrong_clock_is_taken_back(desk: Desk) -> None:
    desk.at(20, 12, month=12)("run", "--due")
    assert desk.at(22, 12)("run", "--due").exit_code == 6
    assert "nothing due" in desk("run", "--due", "--clock-is-right").stdout
    assert "weekly@2026-11-23" in desk.at(23, 9)("run", "--due").stdout


def test_another_run_at_work_is_left_alone_and_nothing_is_lost(desk: Desk) -> None:
    desk.at(23, 9)
    with toolkit.open_shop(desk.folder) as other:
        other.desk.hold()
        assert desk("run", "--due").exit_code == 5
    assert desk.notices() == []
    assert "done     weekly@2026-11-23" in desk("run", "--due").stdout


def test_the_log_tells_what_happened_and_names_nobody(desk: Desk) -> None:
    desk.at(8, 12, month=12)("run", "--due")
    desk.at(8, 11, month=12)("run", "--due")
    log = next(Path(os.environ["SHEETCLERK_DATA"]).rglob("timetable.log")).read_text(encoding="utf-8")
    assert "2026-12-08T09:00:00Z 4 passed while off: 1 written now, 3 too late" in log
    assert "failed: this computer's clock says" in log
    assert "the owner is told: written to 2026-12-08/" in log
    assert "@example" not in log


def test_what_cannot_be_meant_with_due_is_wrong_use(desk: Desk) -> None:
    assert desk("run", "--due", "--as-of", "2026-11-23").exit_code == 2
    assert desk("run", "--due", "--only", "C001").exit_code == 2


def test_a_shop_without_a_job_or_without_an_id_is_told_what_to_write(new_desk: NewDesk) -> None:
    desk = new_desk(looked=False)
    assert 'next: add there: weekly = "every monday at 09:00"' in desk("run", "--due").stderr
    settings = desk.folder / "sheetclerk.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text("\n".join(one for one in text.splitlines() if not one.startswith("id =")), encoding="utf-8")
    assert "[shop] id is missing" in desk("run", "--due").stderr
