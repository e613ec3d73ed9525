"""An .xlsx file as a zip of parts.

Python's zipfile inflates and packs every part anew; here all records that are not ours keep their bytes.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

MOST_BYTES: Final = 50_000_000
MOST_PARTS: Final = 5_000
MOST_INFLATED: Final = 200_000_000
MOST_RATIO: Final = 100
FREE_OF_RATIO: Final = 10_000_000
"""Bytes that may come out of any file; a small one full of equal cells is packed better than 100 to 1."""

STORED: Final = 0
DEFLATED: Final = 8
FEED: Final = 65_536
GULP: Final = 4_000_000

LOCAL: Final = struct.Struct("<4s5H3L2H")
CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
END: Final = struct.Struct("<4s4H2LH")
END_64: Final = struct.Struct("<4sQ2H2L4Q")
LOCATOR_64: Final = struct.Struct("<4sLQL")
OFFSET_AT: Final = 42
"""Place of the local record's offset in a central record."""

IN_ZIP64: Final = 0xFFFFFFFF
MANY: Final = 0xFFFF
UTF8_NAME: Final = 0x800
ENCRYPTED: Final = 0x1
FIRST_OF_1980: Final = 33
"""The first day that a zip can name; our parts bear it, so that the same tabs make the same bytes."""


class Broken(ValueError):
    """The zip or a part in it cannot be read."""


class TooBig(Broken):
    """The zip holds more than we take."""


def plain_name(name: str) -> str:
    """Return a part's name as parts are looked up.

    Their names are alike in any case (ECMA-376 part 2), and some programs write backslashes.
    """
    return name.replace("\\", "/").lstrip("/").casefold()


@dataclass(frozen=True, slots=True)
class PackagePart:
    """One part as it lies in the zip.

    Args:
        name: as written there.
        record: its local record: header, packed bytes and what follows them, up to the next one.
        central: its record in the directory.
        packed: the packed bytes.
    """

    name: str
    record: memoryview
    central: bytes
    packed: memoryview
    method: int
    flags: int

    def chunks(self) -> Iterator[bytes]:
        """Yield what it holds, inflated piece by piece.

        Raises:
            Broken: it is encrypted, packed in another way, or damaged.
        """
        if self.flags & ENCRYPTED:
            raise Broken(f"its part {self.name} is locked with a password")
        if self.method == STORED:
            yield from (bytes(self.packed[at : at + GULP]) for at in range(0, len(self.packed), GULP))
        elif self.method == DEFLATED:
            yield from self._inflated()
        else:
            raise Broken(f"its part {self.name} is packed in a way that spreadsheets do not use")

    def _inflated(self) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for at in range(0, len(self.packed), FEED):
                yield inflater.decompress(self.packed[at : at + FEED], GULP)
                while inflater.unconsumed_tail:
                    yield inflater.decompress(inflater.unconsumed_tail, GULP)
            if not inflater.eof:
                raise Broken(f"its part {self.name} ends too early")
        except zlib.error as error:
            raise Broken(f"its part {self.name} cannot be unpacked: {error}") from error

    def content(self, most: int = MOST_INFLATED) -> bytes:
        """Return all that it holds.

        Raises:
            TooBig: it is more than `most` bytes.
            Broken: as in `chunks`.
        """
        pieces, size = [], 0
        for piece in self.chunks():
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise TooBig(f"its part {self.name} holds more than {most // 1_000_000} MB")
        return b"".join(pieces)


@dataclass(frozen=True)
class Package:
    """The parts of one file.

    Args:
        entries: in the order of the zip's directory.
        comment: the zip's own.
    """

    entries: tuple[PackagePart, ...]
    comment: bytes = b""

    @cached_property
    def by_name(self) -> Mapping[str, PackagePart]:
        """Every part by its plain name."""
        return {plain_name(entry.name): entry for entry in self.entries}

    def content(self, name: str) -> bytes | None:
        """Return what a part holds, None if it is missing."""
        entry = self.by_name.get(plain_name(name))
        return entry.content() if entry else None

    def changed(self, parts: Mapping[str, bytes | None]) -> bytes:
        """Return the zip with parts replaced, added or removed.

        All other records keep their bytes and their order.
        """
        new = {plain_name(name): (name, content) for name, content in parts.items()}
        records: dict[int, tuple[bytes | memoryview, bytes]] = {}
        for place, entry in enumerate(self.entries):
            name, content = new.pop(plain_name(entry.name), (entry.name, b""))
            if plain_name(name) not in map(plain_name, parts):
                records[place] = (entry.record, entry.central)
            elif content is not None:
                records[place] = _packed(entry.name, content)
        added = [_packed(name, content) for name, content in new.values() if content is not None]
        return _zipped(self._in_file_order(records), records, added, self.comment)

    def _in_file_order(self, kept: Mapping[int, object]) -> list[int]:
        return sorted(kept, key=lambda place: _offset(self.entries[place].central))


def open_package(content: bytes) -> Package:
    """Return the parts of a zip without inflating them.

    Raises:
        TooBig: it has too many bytes or parts.
        Broken: it is no zip, or a damaged one.
    """
    if len(content) > MOST_BYTES:
        raise TooBig(f"it has more than {MOST_BYTES // 1_000_000} MB")
    try:
        start, end, count, offset, comment = _directory(content)
        centrals = list(_centrals(content[start:end], count))
        return Package(_entries(memoryview(content), centrals, start - offset, start), comment)
    except (struct.error, UnicodeDecodeError, IndexError) as error:
        raise Broken("its list of parts is damaged") from error


def _directory(content: bytes) -> tuple[int, int, int, int, bytes]:
    """Return the directory's start, end, count, claimed start, and comment.

    It may claim another start than it has: some programs put bytes before the zip.
    """
    at = content.rfind(b"PK\x05\x06", max(0, len(content) - END.size - MANY))
    if at < 0:
        raise Broken("it is cut off, or is no zip")
    _, _, _, _, count, size, offset, length = END.unpack_from(content, at)
    comment, end = content[at + END.size :][:length], at
    if count == MANY or IN_ZIP64 in (size, offset):
        _, _, end, _ = LOCATOR_64.unpack_from(content, at - LOCATOR_64.size)
        if content[end : end + 4] != b"PK\x06\x06":
            end = content.rfind(b"PK\x06\x06", 0, at)
        _, _, _, _, _, _, _, count, size, offset = END_64.unpack_from(content, max(end, 0))
    if count > MOST_PARTS:
        raise TooBig(f"it has more than {MOST_PARTS:,} parts")
    if not 0 <= end - size <= end:
        raise Broken("its list of parts is cut off")
    return end - size, end, count, offset, comment


def _centrals(directory: bytes, count: int) -> Iterator[bytes]:
    at = 0
    for _ in range(count):
        fields = CENTRAL.unpack_from(directory, at)
        if fields[0] != b"PK\x01\x02":
            raise Broken("its list of parts is damaged")
        length = CENTRAL.size + sum(fields[10:13])
        yield directory[at : at + length]
        at += length


def _entries(content: memoryview, centrals: list[bytes], shift: int, start: int) -> tuple[PackagePart, ...]:
    offsets = [_offset(central) + shift for central in centrals]
    borders = sorted({*offsets, start})
    following = dict(pairwise(borders))
    if len(borders) != len(centrals) + 1 or borders[0] < 0 or borders[-1] != start:
        raise Broken("its parts lie over one another")
    entries = tuple(
        _entry(content[offset : following[offset]], central) for offset, central in zip(offsets, centrals, strict=True)
    )
    if len({plain_name(entry.name) for entry in entries}) != len(entries):
        raise Broken("two of its parts have the same name")
    return entries


def _entry(record: memoryview, central: bytes) -> PackagePart:
    fields = CENTRAL.unpack_from(central)
    flags, method, name_length = fields[3], fields[4], fields[10]
    packed_size = _sizes(central)[1]
    head = LOCAL.unpack_from(record)
    begin = LOCAL.size + head[9] + head[10]
    if head[0] != b"PK\x03\x04" or begin + packed_size > len(record):
        raise Broken("its parts lie over one another")
    name = central[CENTRAL.size : CENTRAL.size + name_length].decode("utf-8" if flags & UTF8_NAME else "cp437")
    return PackagePart(name, record, central, record[begin : begin + packed_size], method, flags)


def _sizes(central: bytes) -> tuple[int, int, int]:
    """Return the size, packed size and offset of a record."""
    fields = CENTRAL.unpack_from(central)
    plain = [fields[9], fields[8], fields[16]]
    big = iter(_zip64(central) if IN_ZIP64 in plain else ())
    size, packed, offset = (next(big) if number == IN_ZIP64 else number for number in plain)
    return size, packed, offset


def _zip64(central: bytes) -> list[int]:
    fields = CENTRAL.unpack_from(central)
    extra = central[CENTRAL.size + fields[10] :][: fields[11]]
    while len(extra) >= 4:  # noqa: PLR2004  a tag and a length
        tag, length = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if tag == 1:
            return [int.from_bytes(extra[at : at + 8], "little") for at in range(4, 4 + length - 7, 8)]
        extra = extra[4 + length :]
    raise Broken("its list of parts is damaged")


def _offset(central: bytes) -> int:
    plain: int = CENTRAL.unpack_from(central)[16]
    return _sizes(central)[2] if plain == IN_ZIP64 else plain


def _packed(name: str, content: bytes) -> tuple[bytes, bytes]:
    deflater = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflater.compress(content) + deflater.flush()
    raw = name.encode()
    flags = 0 if name.isascii() else UTF8_NAME
    fields = (20, flags, DEFLATED, 0, FIRST_OF_1980, zlib.crc32(content), len(packed), len(content), len(raw), 0)
    local = LOCAL.pack(b"PK\x03\x04", *fields) + raw + packed
    return local, CENTRAL.pack(b"PK\x01\x02", 20, *fields, 0, 0, 0, 0, 0) + raw


def _zipped(
    order: list[int],
    records: Mapping[int, tuple[bytes | memoryview, bytes]],
    added: list[tuple[bytes, bytes]],
    comment: bytes,
) -> bytes:
    pieces: list[bytes | memoryview] = []
    at, offsets = 0, {}
    for place in order:
        offsets[place] = at
        pieces.append(records[place][0])
        at += len(records[place][0])
    directory = [_moved(records[place][1], offsets[place]) for place in sorted(records)]
    for local, central in added:
        pieces.append(local)
        directory.append(_moved(central, at))
        at += len(local)
    listed = b"".join(directory)
    end = END.pack(b"PK\x05\x06", 0, 0, len(directory), len(directory), len(listed), at, len(comment))
    return b"".join((*pieces, listed, end, comment))


def _moved(central: bytes, offset: int) -> bytes:
    """Return a record for another place in the file."""
    if CENTRAL.unpack_from(central)[16] != IN_ZIP64:
        return central[:OFFSET_AT] + offset.to_bytes(4, "little") + central[OFFSET_AT + 4 :]
    field = _sizes(central)[2].to_bytes(8, "little")
    at = central.rindex(field, CENTRAL.size)
    return central[:at] + offset.to_bytes(8, "little") + central[at + 8 :]
