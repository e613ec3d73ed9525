"""The shop's own words, one table a language, as templates/<language>/words.toml holds them."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from toolkit.book.problem import Problem

ENGLISH = "en"


class ProblemText(NamedTuple):
    """A problem in words: what is wrong, and how to mend it."""

    says: str
    fix: str


def plain(text: str) -> str:
    """A heading or choice as it is compared: trimmed, one case, single spaces, no closing mark."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip(":*? ")


@dataclass(frozen=True)
class Words:
    """What the shop says in one language.

    Args:
        language: its code: sw.
        tables: the sections of words.toml.
        otherwise: the words to use where this language has none; English has no other.
    """

    language: str
    tables: Mapping[str, Any]
    otherwise: "Words | None" = None

    def say(self, section: str, key: str, **values: str) -> str:
        """One sentence with its slots filled; the key itself where no language knows it."""
        found = self.tables.get(section, {}).get(key)
        if isinstance(found, str):
            return found.format_map(_Slots(values))
        return self.otherwise.say(section, key, **values) if self.otherwise else key

    def problem(self, problem: Problem) -> ProblemText:
        """A problem in this language."""
        found = self.tables.get("problems", {}).get(problem.code)
        if found is None:
            return self.otherwise.problem(problem) if self.otherwise else ProblemText(problem.code, "")
        values = {"column": problem.column, "tab": problem.tab, **problem.values}
        if options := values.get("options"):
            values["options"] = ", ".join(self.choice(one) for one in options.split(", "))
        slots = _Slots(values)
        fix = found["fix"].format_map(slots)
        return ProblemText(found["says"].format_map(slots), "" if fix == "?" else fix)

    def tab(self, english: str) -> str:
        """The name of one of our tabs in this language."""
        return str(self.tables.get("tabs", {}).get(english, english))

    def heading(self, english: str) -> str:
        """A heading in this language."""
        return str(self.tables.get("headings", {}).get(english, english))

    def choice(self, canonical: str) -> str:
        """The word that we write for a choice, such as paid."""
        return str(self.tables.get("choices", {}).get(canonical, [canonical])[0])


class _Slots(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


@dataclass(frozen=True)
class Lexicon:
    """Every language that the shop's templates know; English is always one of them."""

    languages: Mapping[str, Words] = field(default_factory=lambda: {ENGLISH: Words(ENGLISH, {})})

    def words(self, language: str) -> Words:
        """The words of a language, or English where it is unknown."""
        return self.languages.get(language, self.languages[ENGLISH])

    @cached_property
    def _headings(self) -> dict[str, str]:
        return self._turned("headings")

    @cached_property
    def _tabs(self) -> dict[str, str]:
        return self._turned("tabs")

    @cached_property
    def _choices(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for words in self.languages.values():
            for canonical, said in words.tables.get("choices", {}).items():
                found.setdefault(canonical, {canonical}).update(plain(one) for one in said)
        return {canonical: frozenset(said) for canonical, said in found.items()}

    @cached_property
    def _written(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for words in self.languages.values():
            for english, said in words.tables.get("headings", {}).items():
                found.setdefault(english, [english]).append(said)
        return found

    def _turned(self, section: str) -> dict[str, str]:
        tables = (words.tables.get(section, {}) for words in self.languages.values())
        return {plain(said): english for table in tables for english, said in table.items()}

    def heading(self, written: str) -> str:
        """The English heading for what the team wrote in any language; what they wrote where none fits."""
        return self._headings.get(plain(written), written)

    def headings_for(self, english: str) -> list[str]:
        """Every heading that means an English one: itself first, then in each language."""
        return self._written.get(english, [english])

    def tab(self, written: str) -> str:
        """The English name of a tab that may be named in any language."""
        return self._tabs.get(plain(written), written)

    def meant(self, written: str, options: tuple[str, ...]) -> str | None:
        """Which of the options a word in any of our languages means."""
        word = plain(written)
        return next((one for one in options if word == one or word in self._choices.get(one, ())), None)

    def spellings(self, options: tuple[str, ...]) -> frozenset[str]:
        """Every word that means one of the options."""
        return frozenset(options).union(*(self._choices.get(one, frozenset()) for one in options))
