"""While very many objects are made, the collector rests; afterwards it is as it was."""

import gc

import pytest

from toolkit.book.bulk import collector_at_rest


def test_the_collector_rests_and_works_again_also_after_a_fault() -> None:
    with collector_at_rest():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), collector_at_rest():
        _ = 1 / 0
    assert gc.isenabled()


def test_a_collector_that_was_at_rest_stays_so() -> None:
    with collector_at_rest():
        with collector_at_rest():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
