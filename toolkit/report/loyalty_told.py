"""What `simulate` prints."""

import json
from collections.abc import Iterator, Sequence
from datetime import date

from toolkit.book.ladders import TierStep
from toolkit.errors import SetupError
from toolkit.report.sentences import Voice
from toolkit.report.simulated import simulation_lines, simulation_numbers
from toolkit.rules.effective import Ladders
from toolkit.rules.months import months_after
from toolkit.rules.simulation import Simulation, simulate
from toolkit.shop import Shop


def planned_ladder(shop: Shop, today: date) -> tuple[TierStep, ...]:
    """The ladder of the Tiers tab that holds only from a later day, the earliest one.

    Raises:
        SetupError: there is none.
    """
    ladders = Ladders(shop.book.tiers)
    later = [start for start in ladders.starts if start > today]
    if not later:
        raise SetupError(
            "no new ladder stands in the Tiers tab",
            why=f"no row has a From date after {today}",
            next_step="add the new rows with a From date to come, or name a workbook that has them",
        )
    return ladders.on(later[0])


def simulated(shop: Shop, steps: Sequence[TierStep], months: int, today: date) -> Simulation:
    """A new ladder against the last so many months."""
    return simulate(shop.book, steps, shop.choices.loyalty, months_after(today, -months), today)


def simulate_lines(found: Simulation, voice: Voice, *, as_json: bool) -> Iterator[str]:
    """A simulation in sentences or as JSON."""
    if as_json:
        return iter([json.dumps(simulation_numbers(found, voice), ensure_ascii=False, indent=1)])
    return simulation_lines(found, voice)
