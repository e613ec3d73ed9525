"""How long the Outbox tab tells of a letter."""

from datetime import date, timedelta

import pytest

from toolkit.delivery.letter_record import SETTLED, State
from toolkit.delivery.shared.remote_letters import OUTBOX_TAB_KEEPS, is_told

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("state", State)
def test_a_letter_is_told_for_400_days_and_while_it_is_not_settled(state: State) -> None:
    last = TODAY - OUTBOX_TAB_KEEPS
    assert is_told(state, last, TODAY)
    assert is_told(state, last - timedelta(days=1), TODAY) == (state not in SETTLED)
    assert is_told(state, date.min, TODAY), "a day that nobody can read is no reason to drop a row"
