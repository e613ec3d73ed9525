"""The output of `simulate`."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from toolkit.app.shop import Shop
from toolkit.book import TierStep
from toolkit.errors import SetupError
from toolkit.formatting import Formatter
from toolkit.report.json_form import Money
from toolkit.report.rules_in_words import rule_lines
from toolkit.report.sentences import plural
from toolkit.rules.effective import Ladders
from toolkit.rules.loyalty.simulation import Simulation, simulate
from toolkit.rules.loyalty.spend import Window

MOVES_SHOWN: Final = 20


def planned_ladder(shop: Shop, today: date) -> tuple[TierStep, ...]:
    """Return the next ladder planned, or today's.

    Raises:
        SetupError: there is no ladder at all.
    """
    ladders = Ladders(shop.book.tiers)
    start = next((start for start in ladders.starts if start > today), today)
    if steps := ladders.on(start):
        return steps
    raise SetupError(
        "No tier levels to try on past months",
        why="the workbook has no Tiers tab with a complete ladder",
        next_step="sheetclerk add Tiers, or name a workbook that has the new rows: sheetclerk simulate FILE",
    )


def simulated(shop: Shop, steps: Sequence[TierStep], months: int, today: date) -> Simulation:
    """Try a ladder on the last months."""
    return simulate(shop.book, steps, shop.choices.loyalty, Window(months).starts(today), today)


def simulate_lines(simulation: Simulation, formatter: Formatter, *, as_json: bool) -> Iterator[str]:
    """Return a simulation in sentences or as JSON."""
    if as_json:
        return iter([json.dumps(simulation_numbers(simulation, formatter), ensure_ascii=False, indent=1)])
    return simulation_lines(simulation, formatter)


def simulation_lines(simulation: Simulation, formatter: Formatter) -> Iterator[str]:
    """Return a simulation in sentences."""
    yield f"New tier levels tried on purchases from {simulation.since} to {simulation.today}. Nothing was changed."
    counts = (f"{tier or 'no tier'} {now} -> {then}" for tier, (now, then) in simulation.tiers.items())
    yield f"Clients: {', '.join(counts)}"
    yield f"{plural(len(simulation.moves), 'client')} would move."
    for move in simulation.moves[:MOVES_SHOWN]:
        yield f"  {move.client.number} {move.client.name}: {move.before or 'no tier'} -> {move.after or 'no tier'}"
    if len(simulation.moves) > MOVES_SHOWN:
        yield f"  and {len(simulation.moves) - MOVES_SHOWN} more: --json has them all"
    cost, points = simulation.cost, simulation.points
    yield f"Discounts would have cost {formatter.money(abs(cost))} {'more' if cost >= 0 else 'less'}."
    if points:
        yield f"Clients would have earned {abs(points):,} {'more' if points > 0 else 'fewer'} points."


def simulation_numbers(simulation: Simulation, formatter: Formatter) -> dict[str, Any]:
    """Return the object that `simulate --json` prints."""
    return {
        "since": simulation.since.isoformat(),
        "as_of": simulation.today.isoformat(),
        "tiers": {tier: {"now": now, "then": then} for tier, (now, then) in simulation.tiers.items()},
        "moves": [{"client": move.client.number, "from": move.before, "to": move.after} for move in simulation.moves],
        "cost": Money(formatter.currency, formatter.decimals)(simulation.cost),
        "points": simulation.points,
    }


def current_ladder_lines(shop: Shop, today: date, formatter: Formatter) -> Iterator[str]:
    """Return today's rules and the clients on each tier."""
    yield f"The Tiers tab has no rows with a From date after {today}, so there is nothing new to try. Today's rules:"
    yield from (f"  {line}" for line in rule_lines(shop.book, shop.choices.loyalty, formatter, today))
    counts = Counter(standing.tier for standing in shop.standings(today))
    names = [step.tier for step in Ladders(shop.book.tiers).on(today)]
    tiers = (f"{tier or 'no tier'} {counts[tier]}" for tier in dict.fromkeys([*names, *counts]))
    yield f"Clients: {', '.join(tiers)}"
