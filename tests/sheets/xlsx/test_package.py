import io
import struct
import zlib
from hashlib import blake2b
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from toolkit.sheets.layout import MOST_CELLS
from toolkit.sheets.xlsx.bounds import check_bounds
from toolkit.sheets.xlsx.error_cells import LISTS
from toolkit.sheets.xlsx.package import MOST_BYTES, MOST_PARTS, Broken, TooBig, open_package


def zipped(parts: dict[str, bytes], method: int = ZIP_DEFLATED, **more: object) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", method, **more) as made:  # type: ignore[call-overload]  # what a test says
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


NOISE = b"".join(blake2b(number.to_bytes(4, "big")).digest() for number in range(4000))
"""What no program can pack."""

PARTS = {"a.xml": b"<a/>" * 100, "Folder\\B.xml": b"<b/>", "каталог.xml": b"<c/>"}


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED])
def test_parts_are_found_in_any_case_and_with_either_slash(method: int) -> None:
    package = open_package(zipped(PARTS, method))

    assert package.content("A.XML") == PARTS["a.xml"]
    assert package.content("/folder/b.xml") == b"<b/>"
    assert package.content("каталог.xml") == b"<c/>"
    assert package.content("none.xml") is None


def test_a_change_leaves_the_records_of_all_other_parts_as_they_are() -> None:
    before = open_package(zipped(PARTS))

    after = open_package(before.changed({"a.xml": b"<new/>", "d.xml": b"<d/>", "folder/b.xml": None}))

    assert [entry.name for entry in after.entries] == ["a.xml", "каталог.xml", "d.xml"]
    assert after.by_name["каталог.xml"].record == before.by_name["каталог.xml"].record
    assert after.content("a.xml") == b"<new/>"
    with ZipFile(io.BytesIO(before.changed({"a.xml": b"<new/>"}))) as file:
        assert file.testzip() is None


def streamed() -> bytes:
    """A zip whose sizes stand behind the parts, as programs write that cannot go back."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    file = Pipe()
    with ZipFile(file, "w", ZIP_DEFLATED) as made:
        for name, content in PARTS.items():
            made.writestr(name, content)
    return file.getvalue()


def with_zip64() -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as made:
        for name, content in PARTS.items():
            with made.open(ZipInfo(name), "w", force_zip64=True) as part:
                part.write(content)
    return file.getvalue()


def with_zip64_directory() -> bytes:
    """All that zip64 can say: the sizes and the place of a part, and the size of the directory."""
    content = zipped({"a.xml": b"<a/>"}, ZIP_STORED)
    at = content.index(b"PK\x01\x02")
    fields = list(struct.unpack_from("<4s6H3L5H2L", content, at))
    extra = struct.pack("<2H3Q", 1, 24, fields[9], fields[8], fields[16])
    fields[8] = fields[9] = fields[16] = 0xFFFFFFFF
    fields[11] = len(extra)
    central = struct.pack("<4s6H3L5H2L", *fields) + b"a.xml" + extra
    end_64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, len(central), at)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at + len(central), 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return content[:at] + central + end_64 + locator + end


@pytest.mark.parametrize(
    "content",
    [streamed(), with_zip64(), with_zip64_directory(), b"before the zip" + zipped(PARTS)],
    ids=["sizes behind", "zip64", "zip64 directory", "with something before it"],
)
def test_every_way_of_writing_a_zip_is_read_and_copied(content: bytes) -> None:
    package = open_package(content)
    after = package.changed({"d.xml": b"<d/>"})

    with ZipFile(io.BytesIO(content)) as old, ZipFile(io.BytesIO(after)) as new:
        assert new.testzip() is None
        assert {name: new.read(name) for name in old.namelist()} == {name: old.read(name) for name in old.namelist()}
        assert new.read("d.xml") == b"<d/>"
    assert open_package(after).content("a.xml") == package.content("a.xml")


def test_the_comment_of_a_zip_stays() -> None:
    content = zipped({"a.xml": b"<a/>"})
    commented = content[:-2] + struct.pack("<H", 5) + b"hello"

    assert open_package(commented).changed({}).endswith(b"hello")


def two_in_one_place() -> bytes:
    content = bytearray(zipped({"a.xml": b"<a/>", "b.xml": b"<b/>"}))
    second = content.rindex(b"PK\x01\x02")
    content[second + 42 : second + 46] = bytes(4)
    return bytes(content)


def locked() -> bytes:
    content = bytearray(zipped({"a.xml": b"<a/>"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def ending_early() -> bytes:
    deflater = zlib.compressobj(wbits=-15)
    half = deflater.compress(b"x" * 100) + deflater.flush(zlib.Z_SYNC_FLUSH)
    content = bytearray(zipped({"a.xml": half}, ZIP_STORED))
    content[content.index(b"PK\x01\x02") + 10] = 8
    return bytes(content)


def rubbish() -> bytes:
    content = bytearray(zipped({"a.xml": b"\xff" * 20}, ZIP_STORED))
    content[content.index(b"PK\x01\x02") + 10] = 8
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no zip"),
        (b"PK\x03\x04", "no zip"),
        (zipped(PARTS)[:-30], "no zip"),
        (zipped(PARTS).replace(b"PK\x01\x02", b"PK\x01\x03"), "list of parts is damaged"),
        (zipped({"a.xml": b"1", "A.XML": b"2"}), "same name"),
        (two_in_one_place(), "over one another"),
        (zipped(PARTS, ZIP_BZIP2), "packed in a way"),
        (locked(), "password"),
        (ending_early(), "ends too early"),
        (rubbish(), "cannot be unpacked"),
        (b"PK\x05\x06" + b"\xff" * 18, "damaged"),
        (b"PK\x05\x06" + bytes(8) + b"\x09" + bytes(9), "list of parts"),
    ],
)
def test_a_damaged_zip_is_told(content: bytes, says: str) -> None:
    with pytest.raises(Broken, match=says):
        check_bounds(open_package(content))


def sheet(cells: str) -> bytes:
    return f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode()


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"r.bin": NOISE * 11, "a.bin": bytes(205_000_000)}, "MB come out"),
        ({"a.bin": bytes(40_000_000)}, "times what goes in"),
        ({f"{number}.xml": b"" for number in range(MOST_PARTS + 1)}, "parts"),
        ({"s.xml": sheet('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>')}, "cells"),
        ({"s.xml": sheet("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>")}, "cells"),
        ({"s.xml": sheet('<row r="9000"><c r="NTP9000"><v>1</v></c></row>')}, "cells"),
        ({"s.xml": sheet("<row>" + "<c><v>1</v></c>" * 2000 + "</row>" + "<row><c><v/></c></row>" * 2000)}, "cells"),
        ({"s.xml": sheet('<row r="1"><c r="a1048576"><v/></c><c r="zz1"><v/></c></row>')}, "cells"),
        (
            {"s.xml": b"<x:sheetData xmlns:x='u'><x:row><x:c r='ZZ99999'><x:v/></x:c></x:row></x:sheetData>"},
            "cells",
        ),
        ({"r.bin": NOISE, "a.xml": b"<sst>" + b"<si/>" * (MOST_CELLS + 1) + b"</sst>"}, "cells"),
    ],
)
def test_what_holds_too_much_is_told_before_it_is_read(parts: dict[str, bytes], says: str) -> None:
    with pytest.raises(TooBig, match=says):
        check_bounds(open_package(zipped(parts)))


def test_the_cell_that_stands_too_far_out_is_named_with_its_tab(tmp_path: Path) -> None:
    from openpyxl import Workbook  # noqa: PLC0415  only two tests make one

    book = Workbook()
    book.create_sheet("Clients")["XFD1048576"] = "x"
    book.save(tmp_path / "a.xlsx")
    content = (tmp_path / "a.xlsx").read_bytes()

    with pytest.raises(TooBig, match="Clients reaches to XFD1048576"):
        check_bounds(open_package(content))
    lists = {"xl/_rels/workbook.xml.rels": bytes(LISTS + 1)}
    with pytest.raises(TooBig, match=r"xl/worksheets/sheet2\.xml reaches to XFD1048576"):
        check_bounds(open_package(open_package(content).changed(lists)))


def test_sizes_in_the_directory_may_lie() -> None:
    content = bytearray(zipped({"a.bin": bytes(40_000_000)}))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<L", 10)

    with pytest.raises(TooBig):
        check_bounds(open_package(bytes(content)))


def test_a_file_of_too_many_bytes_is_not_opened() -> None:
    with pytest.raises(TooBig, match="50 MB"):
        open_package(bytes(MOST_BYTES + 1))


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="99"><c r="A99"><v>1</v></c></row>',
        '<row r="1048576"><c r="XFD1048576" s="1"/></row><row r="3"><c r="C3"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>r="XFD1048576"</t></is></c></row>',
        "<row><c><v>1</v></c></row>",
        "<row r='5'><c r='B5'><v>1</v></c></row>",
    ],
)
def test_a_cell_far_out_that_holds_nothing_is_no_harm(cells: str) -> None:
    check_bounds(open_package(zipped({"xl/worksheets/sheet1.xml": sheet(cells)})))


def test_every_part_of_a_real_workbook_is_within_bounds(tmp_path: Path) -> None:
    from openpyxl import Workbook  # noqa: PLC0415  only this test makes one

    Workbook().save(tmp_path / "a.xlsx")

    check_bounds(open_package((tmp_path / "a.xlsx").read_bytes()))
