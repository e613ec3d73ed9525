"""A pass over every part of the big workbook that does nothing: what reading cannot be faster than.

python -m tests.bench.expat_side BOOK
"""

import sys
from pathlib import Path
from xml.parsers.expat import ParserCreate
from zipfile import ZipFile

from tests.bench.stopwatch import Stopwatch


def look(path: Path) -> None:
    """Parse all parts."""
    with ZipFile(path) as file:
        for name in file.namelist():
            parser = ParserCreate()
            parser.StartElementHandler = lambda *_: None
            parser.Parse(file.read(name), True)  # noqa: FBT003 - expat takes no name


if __name__ == "__main__":
    watch = Stopwatch()
    watch.time("pass", lambda: look(Path(sys.argv[1])))
    watch.tell()
