"""The big workbook as the weekly run takes it: bounds, cells, every check, our tab put back.

python -m tests.bench.our_side BOOK CLIENTS
"""

import sys
from dataclasses import replace
from pathlib import Path

from tests.bench.big_book import TODAY, standing
from tests.bench.stopwatch import Stopwatch
from toolkit.app.factory import reading_of
from toolkit.app.texts import read_texts
from toolkit.book.client_book import read_book
from toolkit.book.gc_pause import gc_paused
from toolkit.config import default_config
from toolkit.sheets.xlsx import XlsxWorkbook


def main(path: Path, clients: int) -> None:
    """Read, check and write back."""
    reading = replace(reading_of(default_config("big"), read_texts(None).lexicon, TODAY), region="KE")
    book, watch = XlsxWorkbook(path), Stopwatch()

    def check() -> None:
        with gc_paused():
            found, problems = read_book(book.rows(), reading)
        watch.figures |= {"rows": len(found.clients) + len(found.purchases), "problems": len(problems)}

    watch.time("read", book.rows)
    watch.time("check", check)
    watch.time("write", lambda: book.write([standing(clients, "Gold")]))
    watch.tell()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
