"""A run in the terminal's English sentences."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from toolkit.app.run_report import RunReport
from toolkit.app.shop import Shop
from toolkit.book import Problem, Words
from toolkit.book.i18n import ENGLISH
from toolkit.delivery.letter_record import State
from toolkit.formatting import Formatter
from toolkit.rules.calls import caller_of
from toolkit.rules.deliveries import deliveries

CALL_LIST: Final = "call_list"
PROBLEMS_SHOWN: Final = 10
REASONS_SHOWN: Final = 3


def english(shop: Shop) -> Formatter:
    """Return the terminal's English, with the shop's money."""
    return Formatter(shop.texts.lexicon.words(ENGLISH), shop.config.shop.currency, shop.config.shop.places)


def own_language(shop: Shop) -> Formatter:
    """Return the shop's language, for what people paste."""
    return Formatter(shop.snapshot.words, shop.config.shop.currency, shop.config.shop.places)


def plural(count: int, noun: str) -> str:
    """Return a number of things, such as 1,200 clients."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def read_line(report: RunReport) -> str:
    """Return what was read, and the cells to fix."""
    clients, lines = len(report.book.clients), len(report.book.purchases)
    to_fix = f" {plural(len(report.to_mend), 'cell')} to fix." if report.to_mend else ""
    return f"Read {report.workbook}: {plural(clients, 'client')}, {plural(lines, 'purchase line')}.{to_fix}"


def read_lines(report: RunReport, words: Words) -> Iterator[str]:
    """Return what was read, and the cells to fix."""
    yield read_line(report)
    yield from problem_lines(report.to_mend, words)
    for hint in (problem for problem in report.problems if problem.code == "no-emails"):
        yield f"  {hint.tab}: {words.problem(hint).says}"


def problem_lines(problems: Sequence[Problem], words: Words, shown: int = PROBLEMS_SHOWN) -> Iterator[str]:
    """Return problems and their fixes in columns."""
    rows = [(problem.place, *words.problem(problem)) for problem in problems[:shown]]
    place_width = max((len(place) for place, _, _ in rows), default=0)
    width = min(max((len(says) for _, says, _ in rows), default=0), 60)
    for place, says, fix in rows:
        yield f"  {place:<{place_width}}  {says:<{width}}  -> {fix}"
    if len(problems) > shown:
        yield f"  and {len(problems) - shown} more: sheetclerk check shows them all"


def standing_line(report: RunReport, formatter: Formatter) -> str:
    """Return tiers and bonuses in one line."""
    tiers = ", ".join(f"{count} {tier or 'without a tier'}" for tier, count in report.tiers.items())
    rose = sum(standing.rose for standing in report.plan.standings)
    rises = f" ({rose} moved up)" if rose else ""
    return f"Tiers: {tiers or 'none'}{rises}. {_bonus_sentence(report, formatter)}"


def _bonus_sentence(report: RunReport, formatter: Formatter) -> str:
    paid = [bonus for bonus in report.plan.bonuses if bonus.amount]
    if not paid:
        return f"Bonuses for {report.as_of:%B}: none."
    total = formatter.money(sum(bonus.amount for bonus in paid))
    return f"Bonuses for {report.as_of:%B}: {total} for {len(paid)} staff."


def delivery_lines(report: RunReport) -> Iterator[str]:
    """Return how promised days were kept, if any was missed."""
    kept = deliveries(report.book.purchases, report.as_of)
    if kept.late or kept.overdue:
        late = f"{len(kept.late)} of {plural(kept.purchases, 'purchase')} arrived late"
        overdue = f" ({len(kept.overdue)} overdue)" if kept.overdue else ""
        yield f"Deliveries: {late}, {kept.open} still open{overdue}."


def letters_line(report: RunReport, words: Words, folder: str) -> str:
    """Return what became of every planned letter."""
    counts = report.letter_counts
    on_hold = [f"{counts['held']} on hold{_reasons(report, words)}"] if counts["held"] else []
    if not counts["planned"]:
        today = f"{report.said_today} {'written' if report.rehearsed else 'sent'} today" if report.said_today else ""
        parts = ", ".join(filter(None, (today, *on_hold)))
        return "Nothing new to send." + (f" {parts}." if parts else "")
    in_all = [f"{report.said_today} today in all"] if report.said_today > counts["written"] + counts["sent"] else []
    others = [
        f"{counts[state]} {state.replace('_', ' ')}"
        for state in ("failed", "expired", "waiting", "in_doubt")
        if counts[state]
    ]
    done = list(_done(report, words, folder)) or ["none left"]
    end = " Nothing has been sent." if report.rehearsed else ""
    return f"Letters: {', '.join([*done, *others, *on_hold, *in_all])}.{end}"


def _done(report: RunReport, words: Words, folder: str) -> Iterator[str]:
    """Return the letters that left, and calls to make."""
    left = [outcome for outcome in report.handled if outcome.state is State.SENT]
    letters = Counter(outcome.header.campaign for outcome in left if outcome.record.channel != CALL_LIST)
    if letters:
        verb = f"written to {folder}" if report.rehearsed else "sent"
        yield f"{letters.total()} {verb} ({_counted(letters, words)})"
    calls = Counter(_callers(report, [letter.header.client for letter in left if letter.record.channel == CALL_LIST]))
    if len(calls) == 1:
        yield f"{plural(calls.total(), 'call')} for {next(iter(calls))} in calls/"
    elif calls:
        by_caller = ", ".join(f"{count} for {name}" for name, count in calls.most_common())
        yield f"{plural(calls.total(), 'call')} in calls/ ({by_caller})"


def _counted(letters: Counter[str], words: Words) -> str:
    """Return the letters by name, such as 5 thank-you, 1 follow-up."""
    if len(letters) == 1:
        return words.say("letters", next(iter(letters)))
    return ", ".join(f"{count} {words.say('letters', name)}" for name, count in letters.items())


def _callers(report: RunReport, numbers: Sequence[str]) -> Iterator[str]:
    """Return who calls each client."""
    clients = {client.number: client for client in report.book.clients}
    for number in numbers:
        if number in clients:
            caller = caller_of(report.book, clients[number])
            member = report.book.staff_by_number.get(caller)
            yield (member.name or caller) if member else "nobody yet"


def _reasons(report: RunReport, words: Words) -> str:
    """Return the reasons for holding, most frequent first."""
    reasons = Counter(words.say("held", held.code, **held.values) for held in report.plan.held)
    if len(reasons) == 1:
        return f" ({next(iter(reasons))})"
    text = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common(REASONS_SHOWN))
    return f" ({text})" if text else ""
