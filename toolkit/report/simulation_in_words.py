"""A simulation in words: who would move, and what it would have cost."""

from collections.abc import Iterator
from typing import Any

from toolkit.report.sentences import Voice, many
from toolkit.rules.loyalty.simulation import Simulation

SHOWN = 20


def simulation_lines(found: Simulation, voice: Voice) -> Iterator[str]:
    """What `simulate` prints."""
    yield f"The new ladder against the purchases from {found.since} to {found.today}; nothing was changed."
    yield "Clients: " + ", ".join(f"{name or 'no tier'} {now} -> {then}" for name, (now, then) in found.tiers.items())
    yield f"{many(len(found.moves), 'client')} would move."
    for move in found.moves[:SHOWN]:
        yield f"  {move.client.number} {move.client.name}: {move.before or 'no tier'} -> {move.after or 'no tier'}"
    if len(found.moves) > SHOWN:
        yield f"  and {len(found.moves) - SHOWN} more: --json has them all"
    yield f"Discounts would have cost {voice.money(abs(found.cost))} {'more' if found.cost >= 0 else 'less'}."
    if found.points:
        yield f"{abs(found.points)} {'more' if found.points > 0 else 'fewer'} points would have been earned."


def simulation_numbers(found: Simulation, voice: Voice) -> dict[str, Any]:
    """What `simulate --json` prints."""
    return {
        "since": found.since.isoformat(),
        "as_of": found.today.isoformat(),
        "tiers": {name: {"now": now, "then": then} for name, (now, then) in found.tiers.items()},
        "moves": [{"client": one.client.number, "from": one.before, "to": one.after} for one in found.moves],
        "cost": {"amount": voice.exact(found.cost), "currency": voice.currency},
        "points": found.points,
    }
