"""The raw records of a zip, found with Python's own zipfile, so that promises are not tested by our own code."""

import struct
import xml.etree.ElementTree as ET
from pathlib import Path
from zipfile import ZipFile, ZipInfo

LOCAL = struct.Struct("<4s5H3L2H")


def parts_of(path: Path) -> dict[str, tuple[object, ...]]:
    """Each part by its name: its packed bytes and all that the zip says of it, but for its place."""
    content = path.read_bytes()
    with ZipFile(path) as file:
        return {info.orig_filename: _part(content, info) for info in file.infolist()}


def _part(content: bytes, info: ZipInfo) -> tuple[object, ...]:
    head = LOCAL.unpack_from(content, info.header_offset)
    start = info.header_offset + LOCAL.size + head[9] + head[10]
    packed = content[start : start + info.compress_size]
    return (
        packed,
        content[info.header_offset : start],
        info.date_time,
        info.compress_type,
        info.flag_bits,
        info.CRC,
        info.file_size,
        info.extra,
        info.comment,
        info.external_attr,
        info.create_version,
        info.create_system,
    )


def changed_parts(old: Path, new: Path) -> tuple[set[str], set[str], set[str]]:
    """The names of parts that changed, came and went."""
    before, after = parts_of(old), parts_of(new)
    both = before.keys() & after.keys()
    return {name for name in both if before[name] != after[name]}, after.keys() - before.keys(), before.keys() - both


def lists_in(path: Path, part: str) -> dict[str, list[str]]:
    """The items of every list right below the root of a part, as canonical XML: fonts, cellXfs, sheets."""
    with ZipFile(path) as file:
        if part not in file.namelist():
            return {}
        root = ET.fromstring(file.read(part))  # noqa: S314  expat's own guards are enough for books of a test
    return {
        child.tag.rpartition("}")[2]: [ET.canonicalize(ET.tostring(item, encoding="unicode")) for item in child]
        for child in root
    }
