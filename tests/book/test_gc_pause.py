"""While very many objects are made, the collector rests; afterwards it is as it was."""

import gc
import weakref

import pytest

from toolkit.book.client_book import read_book
from toolkit.book.gc_pause import MANY_OBJECTS, gc_paused
from toolkit.book.parse.cells import ParseContext
from toolkit.book.tabs.clients import Client


def test_the_collector_rests_and_works_again_also_after_a_fault() -> None:
    with gc_paused():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), gc_paused():
        _ = 1 / 0
    assert gc.isenabled()


def test_a_collector_that_was_at_rest_stays_so() -> None:
    with gc_paused():
        with gc_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_many_things_that_were_made_count_as_old_at_once() -> None:
    with gc_paused():
        made = [["a row"] for _ in range(MANY_OBJECTS + 1000)]
    old = {id(one) for one in gc.get_objects(generation=2)}
    assert {id(row) for row in made} <= old


class Knot:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_asked_for_again_and_again_leaves_no_garbage_behind() -> None:
    made = []
    for _ in range(5000):
        with gc_paused():
            made.append(weakref.ref(Knot()))
    assert sum(one() is not None for one in made) < 2000


def test_what_another_program_has_frozen_stays_frozen() -> None:
    """Some of it may be let go meanwhile, as when a thread ends."""
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        with gc_paused():
            made = [["a row"] for _ in range(MANY_OBJECTS + 1000)]
        assert frozen / 2 < gc.get_freeze_count() < frozen + len(made) / 2
    finally:
        gc.unfreeze()


def test_a_book_with_cells_to_mend_is_let_go_without_the_collector() -> None:
    tabs = {"Clients": [["Client no.", "Name", "Birthday"], ["LET-GO-1", "Asha", "no day"]]}
    with gc_paused():
        book, problems = read_book(tabs, ParseContext())
        assert "not-a-date" in [one.code for one in problems]
        assert [one.number for one in book.clients] == ["LET-GO-1"]
        del book, problems
        assert not [one for one in gc.get_objects() if isinstance(one, Client) and one.number == "LET-GO-1"]
