"""Parts of a workbook and their relationships."""

import posixpath
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Final
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from toolkit.sheets.xlsx.package import Broken, Package, plain_name
from toolkit.sheets.xlsx.sheet_part import RELATIONS
from toolkit.sheets.xlsx.tree import Draft, Element

TYPES: Final = "[Content_Types].xml"
TYPES_SPACE: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS_SPACE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
SIGNATURES: Final = "_xmlsignatures/"


class Unfit(ValueError):
    """The workbook is whole, but must not be written.

    Args:
        why: the reason.
        next_step: what its owner can do.
    """

    def __init__(self, why: str, next_step: str) -> None:
        super().__init__(why)
        self.next_step = next_step


@dataclass(frozen=True, slots=True)
class Sheet:
    """One tab of the workbook.

    Args:
        name: as people see it.
        place: among all tabs, from 0.
        part: the name of its part.
        has_cells: False if a chart fills the whole tab.
    """

    name: str
    place: int
    part: str
    has_cells: bool


class Relations:
    """The relationships of one part.

    Args:
        package: the file.
        of: the name of the part; "" is the file itself.
    """

    def __init__(self, package: Package, of: str) -> None:
        self._folder, base = posixpath.split(of)
        self.part = posixpath.join(self._folder, "_rels", f"{base}.rels")
        content = package.content(self.part)
        self.is_there = content is not None
        self.draft = Draft(content or f'<Relationships xmlns="{RELATIONS_SPACE}"></Relationships>'.encode())

    @property
    def all(self) -> list[Element]:
        """Every relationship."""
        return self.draft.root.all("Relationship")

    def target(self, relation: Element) -> str:
        """Return the part that a relationship points at."""
        written = relation.attributes.get("Target", "").replace("\\", "/")
        return posixpath.normpath(posixpath.join("/", self._folder, unquote(written))).lstrip("/")

    def targets(self) -> Mapping[str, tuple[str, str]]:
        """Return kind and part of each relationship by id."""
        return {
            relation.attributes.get("Id", ""): (
                relation.attributes.get("Type", "").rpartition("/")[2],
                self.target(relation),
            )
            for relation in self.all
        }

    def of_kind(self, kind: str) -> str:
        """Return the first part of a kind, else ""."""
        return next((part for other, part in self.targets().values() if other == kind), "")

    def add(self, kind: str, part: str, space: str) -> str:
        """Point at a part and return the new id."""
        numbers = (name.removeprefix("rId") for name in self._ids)
        last = max((int(number) for number in numbers if number.isascii() and number.isdigit()), default=0)
        new = f"rId{last + 1}"
        self._ids.append(new)
        p, target = self.draft.root.prefix, posixpath.relpath(f"/{part}", f"/{self._folder}")
        kind = f"{RELATIONS[space]}/{kind}"
        xml = f'<{p}Relationship Id="{new}" Type="{kind}" Target={quoteattr(target)}/>'
        self.draft.add_inside(self.draft.root, xml)
        return new

    @cached_property
    def _ids(self) -> list[str]:
        return list(self.targets())


class Parts:
    """The workbook's own parts, read for a change.

    Raises:
        Broken: a part that every workbook has is missing or damaged.
        Unfit: it must not be written.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.types = Draft(self._required(TYPES))
        self._refuse_signed()
        self.path = Relations(package, "").of_kind("officeDocument")
        if self.path.endswith(".bin"):
            raise Unfit("it is a binary workbook", "save it as .xlsx")
        self.workbook = Draft(self._required(self.path))
        self.relations = Relations(package, self.path)
        self._refuse_locked()

    @property
    def space(self) -> str:
        """The namespace of its XML, Transitional or Strict."""
        space = self.workbook.root.space
        if space not in RELATIONS:
            raise Broken("its workbook part is written in another language than spreadsheets use")
        return space

    @property
    def relations_space(self) -> str:
        """The namespace of its relationships."""
        return RELATIONS[self.space]

    @property
    def from_1904(self) -> bool:
        """True if its days count from 1904."""
        settings = self.workbook.root.first("workbookPr")
        return settings is not None and settings.attributes.get("date1904") in {"1", "true"}

    @property
    def sheets_element(self) -> Element:
        """The list of tabs."""
        sheets = self.workbook.root.first("sheets")
        if sheets is None:
            raise Broken("its list of tabs is missing")
        return sheets

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """Every tab in its order."""
        return tuple(self._sheets())

    def _sheets(self) -> Iterator[Sheet]:
        targets = self.relations.targets()
        for place, sheet in enumerate(self.sheets_element.all("sheet")):
            kind, part = targets.get(sheet.attributes.get(f"{self.relations_space} id", ""), ("", ""))
            yield Sheet(sheet.attributes.get("name", ""), place, part, kind == "worksheet")

    def free_name(self, pattern: str, taken: Container[str], first: int = 1) -> str:
        """Return a free, numbered name beside the workbook part."""
        folder = posixpath.dirname(self.path)
        names = (posixpath.join(folder, pattern.format(number or "")) for number in count(first))
        return next(name for name in names if plain_name(name) not in self.package.by_name and name not in taken)

    def declare(self, part: str, kind: str) -> None:
        """Add a new part to the list of types."""
        p, content = self.types.root.prefix, CONTENT.format(kind)
        xml = f'<{p}Override PartName={quoteattr(f"/{part}")} ContentType="{content}"/>'
        self.types.add_inside(self.types.root, xml)

    def _required(self, name: str) -> bytes:
        content = self.package.content(name) if name else None
        if content is None:
            raise Broken(f"its part {name or 'that lists the tabs'} is missing")
        return content

    def _refuse_signed(self) -> None:
        origins = (kind for kind, _ in Relations(self.package, "").targets().values())
        if any(name.startswith(SIGNATURES) for name in self.package.by_name) or "origin" in set(origins):
            raise Unfit("it is signed, and a change would break the signature", "remove the signature, or use a copy")

    def _refuse_locked(self) -> None:
        lock = self.workbook.root.first("workbookProtection")
        if lock is not None and lock.attributes.get("lockStructure") in {"1", "true"}:
            raise Unfit("its structure is locked: no tab can be added", "unlock it under Review, Protect Workbook")
