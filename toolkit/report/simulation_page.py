"""What `simulate` prints."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from toolkit.app.shop import Shop
from toolkit.book.tabs.ladders import TierStep
from toolkit.errors import SetupError
from toolkit.report.rules_in_words import rule_lines
from toolkit.report.sentences import Voice
from toolkit.report.simulation_in_words import simulation_lines, simulation_numbers
from toolkit.rules.effective import Ladders
from toolkit.rules.loyalty.simulation import Simulation, simulate
from toolkit.rules.loyalty.spend import Window


def planned_ladder(shop: Shop, today: date) -> tuple[TierStep, ...]:
    """The ladder of the Tiers tab that holds only from a later day, the earliest one; where none does, today's.

    Raises:
        SetupError: no ladder holds today either.
    """
    ladders = Ladders(shop.book.tiers)
    start = next((start for start in ladders.starts if start > today), today)
    if steps := ladders.on(start):
        return steps
    raise SetupError(
        "there is no ladder to hold against past months",
        why="the workbook has no Tiers tab whose rows hold together",
        next_step="sheetclerk add Tiers, or name a workbook that has the new rows: sheetclerk simulate FILE",
    )


def simulated(shop: Shop, steps: Sequence[TierStep], months: int, today: date) -> Simulation:
    """A new ladder against the last so many months."""
    return simulate(shop.book, steps, shop.choices.loyalty, Window(months).starts(today), today)


def simulate_lines(found: Simulation, voice: Voice, *, as_json: bool) -> Iterator[str]:
    """A simulation in sentences or as JSON."""
    if as_json:
        return iter([json.dumps(simulation_numbers(found, voice), ensure_ascii=False, indent=1)])
    return simulation_lines(found, voice)


def as_things_are(shop: Shop, today: date, voice: Voice) -> Iterator[str]:
    """What `simulate` prints where no new ladder stands in the Tiers tab: the one that holds, and who stands on it."""
    yield f"No row of the Tiers tab has a From date after {today}, so there is no new ladder to try. This one holds:"
    yield from (f"  {line}" for line in rule_lines(shop.book, shop.choices.loyalty, voice, today))
    stand = Counter(one.tier for one in shop.standings(today))
    names = [step.tier for step in Ladders(shop.book.tiers).on(today)]
    yield "Clients: " + ", ".join(f"{name or 'no tier'} {stand[name]}" for name in dict.fromkeys([*names, *stand]))
