from datetime import date

from toolkit.rules.by_day import ByDay


def test_a_day_is_worked_out_when_it_is_first_asked_for_and_never_again() -> None:
    asked: list[date] = []

    def year_of(day: date) -> int:
        asked.append(day)
        return day.year

    years = ByDay(year_of)

    assert [years[date(2026, 1, 31)], years[date(2027, 1, 31)], years[date(2026, 1, 31)]] == [2026, 2027, 2026]
    assert asked == [date(2026, 1, 31), date(2027, 1, 31)]
