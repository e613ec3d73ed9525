"""The page as a browser and a screen reader get it."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any, Final

import pytest

from tests.report.small_shop import LANGUAGES, SATURDAY, SUNDAY, Week, outcome, words
from toolkit.app.run_report import RunReport, StopRequests
from toolkit.book.problem import Problem
from toolkit.delivery.letter_record import State
from toolkit.errors import RunStopped, WorkbookBusy, WorkbookUnsafe
from toolkit.report.page import report_page

VOID: Final = {"meta", "br", "link", "img", "hr"}
HOSTILE: Final = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}'
EMPTY: Final = {
    "Purchases": "Date | Client no.",
    "Staff": "Staff no. | Name",
    "Tiers": "From date | Tier | From amount",
}


class Reader(HTMLParser):
    """Reads a page as a strict reader would: every tag is closed in its turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in ("style", "title") and data.strip():
            self.texts.append(" ".join(data.split()))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def text(self) -> str:
        return " ".join(self.texts)


def page_of(run: RunReport, language: str = "en") -> str:
    return report_page(run, words(language), "KES", 2, language)


def read(run: RunReport, language: str = "en") -> Reader:
    return Reader(page_of(run, language))


def full_run(**told: Any) -> RunReport:
    week = Week.of()
    outcomes = tuple(outcome("thank_you", state, state.value) for state in State)
    held = (week.held("C002", "email-wrong"), week.held("C003", "no-consent", "newsletter"))
    calls = (week.held("C003", "prefers-phone", "newsletter"),)
    hint = Problem("Clients", "C3", "Email", "domain-near", {"given": "a@gmial.com", "proposal": "a@gmail.com"})
    usual = {"problems": (*week.problems, hint), "said_today_by": {"thank_you": 1}}
    run = week.run(outcomes=outcomes, held=held, **{**usual, **told})
    return replace(run, plan=replace(run.plan, calls=calls))


@pytest.mark.parametrize("language", LANGUAGES)
def test_do_next_says_where_stop_requests_arrive_once_letters_have_left(language: str) -> None:
    stops = StopRequests("juma@example.com", ("STOP", "ACHA"))
    line = next(one for one in read(full_run(stops=stops), language).texts if "juma@example.com" in one)
    assert "STOP, ACHA" in line
    assert "sheetclerk suppress CLIENT --why" in line
    assert "sheetclerk suppress" not in read(full_run(), language).text


def test_the_week_is_told_in_one_sentence() -> None:
    page = read(full_run())
    assert page.texts[:2] == [
        "Week 47 at Duka la Juma",
        "16–22 November 2026 · from clients.xlsx (3 clients, 6 purchase lines) · as of 21 November",
    ]
    assert page.texts[2] == (
        "Sales this week so far: Ksh 13,000, 93% of the week’s plan, 30% more than on the same days last week."
    )
    assert page.texts[3] == "Waiting for you: 1 late delivery, 1 call, letters on hold: 1 of 2, 1 cell to fix."


def test_held_letters_that_all_wait_for_a_person_are_one_number_in_headline_and_tile() -> None:
    week = Week.of()
    text = read(week.run(held=(week.held("C002", "email-wrong"), week.held("C003", "no-name")))).text
    assert "2 letters on hold" in text
    assert "on hold: 2" in text
    assert "letters on hold" not in read(week.run(held=(week.held("C003", "no-consent"),))).texts[3]


def test_a_week_that_is_over_is_held_against_the_whole_week_before() -> None:
    assert (
        "Sales this week: Ksh 13,000, 93% of the week’s plan, the same as last week."
        in read(Week.of().run(SUNDAY)).text
    )


def test_a_week_after_one_without_sales_is_told_by_the_sum() -> None:
    page = read(Week.of().run(date(2026, 10, 20)))
    assert "Ksh 4,000 more than on the same days last week" in page.text


def test_a_share_of_thousands_of_percent_is_told_by_the_sum() -> None:
    purchases = "Date | Client no. | Amount\n2026-11-10 | C001 | 100\n2026-11-17 | C001 | 9000"
    assert "Ksh 8,900 more than" in read(Week.of(Purchases=purchases).run()).text


def test_a_shop_at_its_beginning_gets_a_page_without_empty_charts() -> None:
    page = read(Week.of(**EMPTY).run(problems=()))
    assert "There are no purchases in the workbook yet. Nothing is waiting for you." in page.text
    assert {section["aria-labelledby"] for section in page.all("section")} == {"next", "letters", "cells"}
    assert "Nothing to do." in page.text
    assert "No letters are due." in page.text
    assert "Every cell could be read." in page.text


def test_what_to_do_stands_above_every_chart_with_verb_client_reason_and_person() -> None:
    text = read(full_run()).text
    assert "Tell Halima Said purchase P5 was promised for 20 November and has not been delivered Juma Ali" in text
    assert "Fix Halima Said thank-you: the e-mail address can't be right Clients!C3:" in text
    assert "Call Grace Wanja newsletter: prefers a call Juma Ali" in text
    assert "Thank Asha Juma reached Silver this week Zawadi Njeri" in text
    assert text.index("Do next") < text.index("Sales by week, thousand Ksh")


def test_a_purchase_without_a_number_is_named_by_its_day() -> None:
    purchases = "Date | Client no. | Amount | Promised for\n2026-11-10 | C001 | 100 | 2026-11-12"
    said = "a purchase of 10 November was promised for 12 November and has not been delivered"
    assert said in read(Week.of(Purchases=purchases).run()).text


def test_a_page_holds_so_many_tasks_and_cells_and_says_how_many_more_there_are() -> None:
    clients = "\n".join(f"C{at:03} | Client {at} | {at}@gmail" for at in range(1, 31))
    page = read(Week.of(**{**EMPTY, "Clients": f"Client no. | Name | Email\n{clients}"}).run())
    assert len([one for one in page.all("span") if "pill" in (one.get("class") or "")]) == 12
    assert len(page.all("code")) == 20
    assert "Cells to fix (30)" in page.text
    assert {"and 18 more", "and 10 more"} <= set(page.texts)


def test_a_client_with_many_reasons_gets_the_first_three() -> None:
    purchases = "\n".join(f"P{at} | 2026-11-0{at} | C001 | 100 | 2026-11-1{at}" for at in range(1, 6))
    page = read(Week.of(Purchases=f"Purchase no. | Date | Client no. | Amount | Promised for\n{purchases}").run())
    assert "purchase P3 was promised for 13 November and has not been delivered and 2 more" in page.text


def test_letters_show_every_state_in_which_one_stands() -> None:
    page = read(full_run())
    assert "Letter Due Written On hold Failed Waiting In doubt Suppressed Too late" in page.text
    assert "Thank-you 10 1 1 1 3 2 1 1" in page.text
    assert "no consent in the Letters column: 1" in page.texts


def test_letters_in_a_folder_are_not_taken_for_sent_ones() -> None:
    said = "These letters are in a folder. Nothing has been sent."
    assert said in read(full_run()).texts
    assert said not in read(Week.of().run()).text


def test_letters_that_went_out_are_called_sent() -> None:
    text = read(full_run(rehearsed=False)).text
    assert "Letters sent 1 on hold: 2" in text
    assert "Nothing has been sent" not in text


def test_what_earlier_runs_of_the_day_wrote_stands_beside_what_this_run_did() -> None:
    text = read(full_run(said_today_by={"thank_you": 9, "newsletter": 6})).text
    assert "Letters written today 15 this run: 1 · on hold: 2" in text
    assert "Letters in this run Letters in this run Letter Due Written Today in all On hold Failed" in text
    assert "Thank-you 10 1 9 1 1 3 2 1 1 Newsletter 1 0 6 1" in text


def test_a_run_with_nothing_left_to_do_shows_what_earlier_runs_wrote() -> None:
    text = read(Week.of().run(rehearsed=False, said_today_by={"thank_you": 15})).text
    assert "Letters sent today 15 this run: 0 · on hold: 0" in text
    assert "Letter Due Sent Today in all On hold Failed Thank-you 0 0 15 0 0" in text
    assert "No letters are due." not in text


def test_a_day_of_one_run_has_no_second_number() -> None:
    text = read(full_run()).text
    assert "Letters written 1 on hold: 2" in text
    assert "Today in all" not in text
    assert "this run" not in text


def test_a_run_that_did_not_reach_its_end_says_so() -> None:
    stopped = RunStopped("stopped", why="the post is full", next_step="wait")
    busy = WorkbookBusy("busy", why="open in Excel", next_step="close it")
    page = read(full_run(stopped=stopped, unwritten=busy))
    assert "Not every letter could go out. The next run sends the rest." in page.texts
    assert "The results could not be written to the workbook. The next run will write them." in page.texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_that_only_a_person_can_let_in_are_told_with_reason_and_next_step(language: str) -> None:
    unsafe = WorkbookUnsafe("clients.xlsx <was> not written", why="a name is wrong", next_step="mend the name")
    text = read(full_run(unwritten=unsafe), language).text
    assert "clients.xlsx <was> not written: a name is wrong." in text
    assert ": mend the name." in text
    assert words(language).say("report", "unwritten") not in text


def test_people_are_held_against_their_own_plans_where_they_have_some() -> None:
    own = "Period | Staff | Target\n2026-11 | Juma | 10000\n2026-11 | Zawadi | 20000\n2026-11 | | 60000"
    whole, apart = read(full_run()), read(Week.of(Plan=own).run())
    assert "Staff: share of the shop’s plan, and bonus" in whole.texts
    assert "Juma Ali 8% Ksh 500 Zawadi Njeri 35% Ksh 2,100" in whole.text
    assert "Staff: share of own plan, and bonus" in apart.texts
    assert "Juma Ali 50% Ksh 500 Zawadi Njeri 105% Ksh 2,100" in apart.text


def test_without_any_plan_there_is_no_line_and_no_share() -> None:
    page = page_of(Week.of(Plan="Period | Staff | Target\n").run())
    assert 'class="plan"' not in page
    assert "Juma Ali – Ksh 500" in Reader(page).text


def test_hints_stand_apart_from_what_is_to_be_mended() -> None:
    page = read(full_run())
    assert page.text.index("Cells to fix (1)") < page.text.index("Hints")
    assert "1 Cells" not in page.text
    assert "and 1 hint" in page.texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_page_is_there_in_every_language(language: str) -> None:
    again = full_run(said_today_by={"thank_you": 9}, rehearsed=False)
    runs = (full_run(), again, Week.of(**EMPTY).run(), Week.of().run(SUNDAY))
    said = " ".join(read(run, language).text for run in runs)
    assert re.findall(r"\b[a-z]+_[a-z_]+\b|[{}]", said) == []
    english = [text for text in words().tables["report"].values() if "{" not in text and len(text) > 8]
    assert language == "en" or [text for text in english if text in said] == []


def test_every_language_has_the_same_sentences_with_the_same_slots() -> None:
    english = words().tables["report"]
    for language in LANGUAGES:
        here = words(language).tables["report"]
        assert here.keys() == english.keys()
        slots = {key: (set(re.findall(r"{\w+}", here[key])), set(re.findall(r"{\w+}", english[key]))) for key in here}
        assert {key: pair for key, pair in slots.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_screen_reader_finds_its_way(language: str) -> None:
    page = read(full_run(), language)
    assert page.all("html") == [{"lang": language}]
    assert [len(page.all(tag)) for tag in ("title", "main", "h1")] == [1, 1, 1]
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    assert {section["aria-labelledby"] for section in page.all("section")} == ids
    assert len(page.all("caption")) == len(page.all("table")) == 6
    assert all(cell.get("scope") in ("col", "row") for cell in page.all("th"))


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    page = page_of(full_run())
    assert not re.search(r"<script|<link|@import|url\(|src=|href=|\bon\w+=", page)
    assert all(re.fullmatch(r"(height|bottom):\d+px|width:\d+%", one) for one in re.findall(r'style="([^"]*)"', page))


def test_no_cell_becomes_markup() -> None:
    week = Week.of(
        Clients=f"Client no. | Name | Email | Manager\nC001 | {HOSTILE} | {HOSTILE} | {HOSTILE}",
        Purchases=f"Purchase no.|Date|Client no.|Amount|Promised for\n{HOSTILE}|2026-11-17|C001|900|2026-11-18",
        Staff=f"Staff no. | Name\nS1 | {HOSTILE}",
        Tiers=f"From date | Tier | From amount | Discount\n2026-01-01 | {HOSTILE} | 0 |",
    )
    held = (week.held("C001", "email-wrong", HOSTILE),)
    page = read(week.run(held=held, shop=HOSTILE, workbook=HOSTILE))
    assert page.all("script") == page.all("img") == []
    assert page.text.count("{{ 7*7 }}") >= 8


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+):#([0-9a-f]{6})", css))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_words_stand_out_from_what_is_behind_them_by_day_and_by_night() -> None:
    day, night = map(colours, page_of(full_run()).split("@media screen and (prefers-color-scheme:dark)", 1))
    pairs = [("ink", "bg"), ("mut", "bg"), ("bad", "bg"), ("ink", "track"), ("ink", "soft"), ("onacc", "acc")]
    pairs += [(word, "card") for word in ("ink", "mut", "bad", "warn", "ok")]
    for tones in (day, night):
        assert min(contrast(tones[word], tones[behind]) for word, behind in pairs) >= 4.5


def test_bars_are_drawn_in_real_pixels_and_a_low_one_has_its_number_above() -> None:
    page = page_of(Week.of().run(SATURDAY))
    heights = [int(one) for one in re.findall(r'class="bar[^"]*" style="height:(\d+)px"', page)]
    assert len(heights) == 7
    assert heights[2:] == [49, 0, 0, 160, 160]
    assert page.count('class="num over"') == 4
    assert 'class="bar now"' in page
