import inspect
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Final
from zipfile import ZipFile

import openpyxl.formula.tokenizer
import openpyxl.formula.translate
import openpyxl.utils.exceptions
import pytest
import python_calamine

from toolkit.book.grid import OwnTab
from toolkit.errors import ToolkitError, WorkbookUnsafe
from toolkit.sheets.xlsx import NewColumn, NewTab, XlsxWorkbook
from toolkit.sheets.xlsx.errors import in_our_words
from toolkit.sheets.xlsx.maker import make_workbook

STANDING: Final = OwnTab("Standing", ("Client no.", "Spent"), (("C001", 1200),))

OPENPYXL: Final = {
    "CellCoordinatesException",
    "IllegalCharacterError",
    "InvalidFileException",
    "NamedRangeException",
    "ReadOnlyWorkbookException",
    "SheetTitleException",
    "TokenizerError",
    "TranslatorError",
    "WorkbookAlreadySaved",
}
"""What openpyxl 3.1.5 can raise of its own; the tests below provoke it with damaged parts, cells and tab names."""


def exceptions_of(*modules: ModuleType) -> list[type[Exception]]:
    found = [one for module in modules for one in vars(module).values() if inspect.isclass(one)]
    return [one for one in found if issubclass(one, Exception) and one.__module__ in {m.__name__ for m in modules}]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "clients.xlsx"
    columns = (
        NewColumn("Client no."),
        NewColumn("Spent", "money", lookup=2),
        NewColumn("Letters", choices=("yes", "no")),
    )
    make_workbook(path, [NewTab("Clients", columns, (("C001", "", "yes"), ("C002", "", "no")))])
    return path


def parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(contents: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as file:
        for name, content in contents.items():
            file.writestr(name, content)
    return made.getvalue()


DAMAGES: Final[dict[str, Callable[[bytes], bytes | None]]] = {
    "lost": lambda _: None,
    "empty": lambda _: b"",
    "cut in half": lambda content: content[: len(content) // 2],
    "not XML": lambda _: b"\x00\xff no XML at all",
    "another root": lambda _: b"<?xml version='1.0'?><html><body>hello</body></html>",
    "numbers become words": lambda content: content.replace(b'="1"', b'="one"'),
    "places become nonsense": lambda content: content.replace(b'r="A1"', b'r="1A!"').replace(b'ref="A', b'ref="!'),
}


def damaged(path: Path) -> Iterator[tuple[str, bytes]]:
    whole = parts(path)
    for damage, change in DAMAGES.items():
        for name, content in whole.items():
            changed = {**whole, name: change(content)}
            yield f"{name} {damage}", packed({part: left for part, left in changed.items() if left is not None})


def uses(path: Path) -> list[Callable[[], object]]:
    book = XlsxWorkbook(path)
    return [book.rows, book.check_writable, lambda: book.write([STANDING])]


def escaped(use: Callable[[], object]) -> str:
    """What got out raw, if anything did."""
    try:
        use()
    except ToolkitError as error:
        return "" if str(error).count("\n") == 2 else f"not three lines: {error}"
    except BaseException as error:  # noqa: BLE001 - a panic of the reader is no Exception
        return repr(error)
    return ""


@pytest.mark.parametrize("kind", exceptions_of(python_calamine), ids=lambda kind: str(kind.__name__))
def test_every_exception_of_the_reading_library_is_told_in_our_words(kind: type[Exception]) -> None:
    with pytest.raises(WorkbookUnsafe, match=r"clients\.xlsx") as told, in_our_words(Path("clients.xlsx")):
        raise kind("cannot go on")

    assert isinstance(told.value.__cause__, kind)


def test_the_exceptions_of_openpyxl_are_those_that_we_know() -> None:
    known = exceptions_of(openpyxl.utils.exceptions, openpyxl.formula.tokenizer, openpyxl.formula.translate)

    assert {kind.__name__ for kind in known} == OPENPYXL


def test_nothing_raw_gets_out_of_a_damaged_workbook(workbook: Path) -> None:
    raw: list[str] = []
    for damage, content in damaged(workbook):
        for use in uses(workbook):
            workbook.write_bytes(content)
            raw.extend(f"{damage}: {out}" for out in [escaped(use)] if out)

    assert raw == []


@pytest.mark.parametrize("cut", [5, 100, 1000, 3000])
def test_nothing_raw_gets_out_of_half_a_file(workbook: Path, cut: int) -> None:
    half = workbook.read_bytes()[:cut]
    workbook.write_bytes(half)

    assert [out for use in uses(workbook) if (out := escaped(use))] == []
    assert workbook.read_bytes() == half


@pytest.mark.parametrize("cell", ["\x00bell\x07", "=1+1", "x" * 40_000, "\ud800", float("nan"), float("inf"), -0.0])
def test_a_cell_that_openpyxl_refuses_is_still_written(workbook: Path, cell: str | float) -> None:
    tab = OwnTab("Problems", ("Where", "What"), (("Clients!A1", cell),))

    assert escaped(lambda: XlsxWorkbook(workbook).write([tab])) == ""
    assert len(XlsxWorkbook(workbook).rows()["Problems"]) == 2


@pytest.mark.parametrize("name", ["A/B", "[x]", "x" * 32, "'quoted'", "", "History", "clients"])
def test_a_tab_name_that_openpyxl_refuses_is_told(workbook: Path, name: str) -> None:
    tab = OwnTab(name, ("Where",), (("Clients!A1",),))

    assert escaped(lambda: XlsxWorkbook(workbook).write([tab])) == ""
