"""A run as the terminal's own English sentences."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from toolkit.app.run_report import RunReport
from toolkit.book.i18n import Words
from toolkit.book.problem import Problem
from toolkit.delivery.letter_record import State
from toolkit.letters import speech
from toolkit.letters.speech import money
from toolkit.rules.calls import caller_of
from toolkit.rules.deliveries import deliveries

CALL_LIST: Final = "call_list"
SHOWN: Final = 10
"""So many cells are shown; the others stand in the Problems tab."""


class Voice(NamedTuple):
    """What is needed to speak: the words of a language, and how money is written."""

    words: Words
    currency: str
    decimals: int

    def money(self, minor: int) -> str:
        """A sum as people write it: Ksh 10,200."""
        return money(minor, self.currency, self.decimals, self.words.language)

    def number(self, value: Decimal) -> str:
        """A rate or a percentage with all its decimals: 0.015."""
        return speech.exact(value, self.words.language)

    def explained(self, key: str, **values: str) -> str:
        """One sentence of those that explain a standing or a rule."""
        return self.words.say("explain", key, **values)

    def exact(self, minor: int) -> str:
        """A sum as a plain decimal: 10200.00."""
        return f"{Decimal(minor).scaleb(-self.decimals):f}"


def read_line(report: RunReport) -> str:
    """What was read."""
    clients, purchases = len(report.book.clients), len(report.book.purchases)
    to_mend = f" {many(len(report.to_mend), 'cell')} to mend." if report.to_mend else ""
    return f"Read {report.workbook}: {many(clients, 'client')}, {many(purchases, 'purchase')}.{to_mend}"


def read_lines(report: RunReport, voice: Voice) -> Iterator[str]:
    """What was read, and what is to be mended."""
    yield read_line(report)
    yield from problem_lines(report.to_mend, voice.words)
    for hint in (one for one in report.problems if one.code == "no-emails"):
        yield f"  {hint.tab}: {voice.words.problem(hint).says}"


def problem_lines(problems: Sequence[Problem], words: Words, shown: int = SHOWN) -> Iterator[str]:
    """Place, what is wrong, how to mend it, in columns."""
    told = [(one.place, *words.problem(one)) for one in problems[:shown]]
    places = max((len(place) for place, _, _ in told), default=0)
    said = min(max((len(says) for _, says, _ in told), default=0), 60)
    for place, says, fix in told:
        yield f"  {place:<{places}}  {says:<{said}}  -> {fix}"
    if len(problems) > shown:
        yield f"  and {len(problems) - shown} more: sheetclerk check shows them all"


def standing_line(report: RunReport, voice: Voice) -> str:
    """Tiers and bonuses in one line."""
    tiers = ", ".join(f"{count} {tier or 'without a tier'}" for tier, count in report.tiers.items())
    rose = sum(one.rose for one in report.plan.standings)
    rises = f" ({rose} rose)" if rose else ""
    return f"Tiers: {tiers or 'none'}{rises}. {_bonus_sentence(report, voice)}"


def _bonus_sentence(report: RunReport, voice: Voice) -> str:
    paid = [one for one in report.plan.bonuses if one.amount]
    if not paid:
        return f"Bonuses for {report.as_of:%B}: none."
    total = voice.money(sum(one.amount for one in paid))
    return f"Bonuses for {report.as_of:%B}: {len(paid)} staff, {total}."


def delivery_lines(report: RunReport) -> Iterator[str]:
    """Promised days that were missed; nothing where none was."""
    kept = deliveries(report.book.purchases, report.as_of)
    if kept.late or kept.overdue:
        late = f"{len(kept.late)} of {many(kept.purchases, 'purchase')} came after the promised day"
        yield f"Deliveries: {late}; {kept.open} not delivered yet, {len(kept.overdue)} of them overdue."


def letters_line(report: RunReport, voice: Voice, folder: str) -> str:
    """What became of the letters; every planned one is in the sums."""
    counts = report.letter_counts
    if not counts["planned"]:
        return f"nothing due: {report.said_today} said today, {counts['held']} held{_reasons(report, voice)}"
    left = [one for one in report.handled if one.state is State.SENT and one.record.channel != CALL_LIST]
    by_letter = Counter(one.header.campaign for one in left)
    names = ", ".join(f"{count} {voice.words.say('letters', name)}" for name, count in by_letter.items())
    done = [f"{names} {f'written to {folder}' if report.rehearsed else 'sent'}"] if names else []
    others = [
        f"{counts[state]} {state.replace('_', ' ')}"
        for state in ("failed", "expired", "waiting", "in_doubt")
        if counts[state]
    ]
    held = [f"{counts['held']} held{_reasons(report, voice)}"] if counts["held"] else []
    today = [f"{report.said_today} today in all"] if report.said_today > counts["written"] + counts["sent"] else []
    end = " Nothing has been sent." if report.rehearsed else ""
    done = [*done, *_calls(report)] or ["nothing"]
    return f"Letters: {'; '.join([*done, *others, *held, *today])}.{end}"


def _calls(report: RunReport) -> list[str]:
    """How many calls each manager has to make: 3 calls for Zawadi."""
    clients = {client.number: client for client in report.book.clients}
    calls = [one for one in report.handled if one.record.channel == CALL_LIST and one.state is State.SENT]
    called = [clients[one.header.client] for one in calls if one.header.client in clients]
    staff = report.book.staff_by_number
    callers = Counter(caller_of(report.book, client) for client in called)
    names = {number: staff[number].name or number if number in staff else "nobody yet" for number in callers}
    told = ", ".join(f"{count} for {names[number]}" for number, count in callers.most_common())
    return [f"{many(len(called), 'call')} in calls/: {told}"] if called else []


def _reasons(report: RunReport, voice: Voice) -> str:
    """Why letters are held, most frequent first: (2 no e-mail address)."""
    reasons = Counter(voice.words.say("held", one.code, **one.values) for one in report.plan.held)
    told = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common(3))
    return f" ({told})" if told else ""


def many(count: int, word: str) -> str:
    """A number of things: 1 client, 1,200 clients."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"
