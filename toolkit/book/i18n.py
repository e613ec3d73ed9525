"""The shop's own words in each language."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from toolkit.book.problem import Problem

ENGLISH = "en"


class ProblemText(NamedTuple):
    """A problem in words, with its fix."""

    says: str
    fix: str


def plain(text: str) -> str:
    """Return a heading or choice as it is compared."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip(":*? ")


@dataclass(frozen=True)
class Words:
    """The shop's words in one language.

    Args:
        language: its code, such as sw.
        tables: the sections of words.toml.
        otherwise: the words to use where this language has none. English has no other.
    """

    language: str
    tables: Mapping[str, Any]
    otherwise: "Words | None" = None

    def say(self, section: str, key: str, **values: str) -> str:
        """Return one sentence with its slots filled, or the key."""
        sentence = self.tables.get(section, {}).get(key)
        if isinstance(sentence, str):
            return sentence.format_map(_Slots(values))
        return self.otherwise.say(section, key, **values) if self.otherwise else key

    def problem(self, problem: Problem) -> ProblemText:
        """Return a problem in this language."""
        sentences = self.tables.get("problems", {}).get(problem.code)
        if sentences is None:
            return self.otherwise.problem(problem) if self.otherwise else ProblemText(problem.code, "")
        values = {"column": problem.column, "tab": problem.tab, **problem.values}
        if options := values.get("options"):
            values["options"] = ", ".join(self.choice(option) for option in options.split(", "))
        slots = _Slots(values)
        fix = sentences["fix"].format_map(slots)
        return ProblemText(sentences["says"].format_map(slots), "" if fix == "?" else fix)

    def tab(self, english: str) -> str:
        """Return the name of one of our tabs in this language."""
        return str(self.tables.get("tabs", {}).get(english, english))

    def heading(self, english: str) -> str:
        """Return a heading in this language."""
        return str(self.tables.get("headings", {}).get(english, english))

    def choice(self, canonical: str) -> str:
        """Return the word that we write for a choice, such as paid."""
        return str(self.tables.get("choices", {}).get(canonical, [canonical])[0])


class _Slots(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


@dataclass(frozen=True)
class Lexicon:
    """Every language of the shop's templates, always with English."""

    languages: Mapping[str, Words] = field(default_factory=lambda: {ENGLISH: Words(ENGLISH, {})})

    def words(self, language: str) -> Words:
        """Return the words of a language, or English if it is unknown."""
        return self.languages.get(language, self.languages[ENGLISH])

    @cached_property
    def _headings(self) -> dict[str, str]:
        return self._by_spelling("headings")

    @cached_property
    def _tabs(self) -> dict[str, str]:
        return self._by_spelling("tabs")

    @cached_property
    def _choices(self) -> dict[str, frozenset[str]]:
        spellings: dict[str, set[str]] = {}
        for words in self.languages.values():
            for canonical, local in words.tables.get("choices", {}).items():
                spellings.setdefault(canonical, {canonical}).update(map(plain, local))
        return {canonical: frozenset(local) for canonical, local in spellings.items()}

    @cached_property
    def _heading_spellings(self) -> dict[str, list[str]]:
        spellings: dict[str, list[str]] = {}
        for words in self.languages.values():
            for english, local in words.tables.get("headings", {}).items():
                spellings.setdefault(english, [english]).append(local)
        return spellings

    def _by_spelling(self, section: str) -> dict[str, str]:
        tables = (words.tables.get(section, {}) for words in self.languages.values())
        return {plain(local): english for table in tables for english, local in table.items()}

    def heading(self, written: str) -> str:
        """Return the English heading for one in any language."""
        return self._headings.get(plain(written), written)

    def headings_for(self, english: str) -> list[str]:
        """Return every heading that means an English one, itself first."""
        return self._heading_spellings.get(english, [english])

    def tab(self, written: str) -> str:
        """Return the English name of a tab in any language."""
        return self._tabs.get(plain(written), written)

    def meant(self, written: str, options: tuple[str, ...]) -> str | None:
        """Return the option that a word means, or None."""
        word = plain(written)
        return next((option for option in options if word == option or word in self._choices.get(option, ())), None)

    def spellings(self, options: tuple[str, ...]) -> frozenset[str]:
        """Return every word that means one of the options."""
        return frozenset(options).union(*(self._choices.get(option, frozenset()) for option in options))
