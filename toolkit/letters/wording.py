"""Which words each letter has in which language: the files, and the owner's Ready rows of the Letters tab."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from toolkit.book.client_book import ClientBook
from toolkit.book.i18n import Lexicon
from toolkit.book.parse.suggest import nearest
from toolkit.book.problem import Problem
from toolkit.book.tabs.letters import OwnersWords
from toolkit.errors import SetupError
from toolkit.letters.blocks import BLOCKS, has_words, with_words
from toolkit.letters.fields import TemplateFault, with_fields
from toolkit.letters.languages import language_code
from toolkit.letters.page import layout_faults
from toolkit.letters.template import Template, body_faults, line_faults, read_template

_PLACE: Final = "[[words]]"


@dataclass(frozen=True)
class TemplateTexts:
    """The templates as they stand in their files.

    Args:
        texts: (language, letter) to the file's text.
        layout: the text of layout.html.
        lexicon: the words of every language.
    """

    texts: Mapping[tuple[str, str], str]
    layout: str
    lexicon: Lexicon

    @property
    def letters(self) -> frozenset[str]:
        """The name of every letter."""
        return frozenset(letter for _, letter in self.texts)

    def require(self, letter: str) -> None:
        """Return quietly if there is such a letter.

        Raises:
            SetupError: there is none, with the one that may have been meant.
        """
        if letter not in self.letters:
            meant = nearest(letter, self.letters) or ", ".join(sorted(self.letters))
            raise SetupError(
                f"{letter!r} is no letter", why="no file in templates/ has its name", next_step=f"say {meant}"
            )


@dataclass(frozen=True, slots=True)
class Wording:
    """A letter's words in one language; with problems they cannot be used."""

    template: Template
    words_id: str
    problems: tuple[Problem, ...] = ()


_NO_FILE: Final = Wording(Template("", "", ""), "")


class Wordings:
    """Every letter's words. A letter whose file has a place for the owner's words needs a Ready row."""

    def __init__(self, texts: TemplateTexts, book: ClientBook) -> None:
        self._lexicon = texts.lexicon
        self._tab = book.letters_tab
        self._files = {key: _from_file(key, text, texts.lexicon) for key, text in sorted(texts.texts.items())}
        self._need_row = frozenset(letter for (_, letter), one in self._files.items() if has_words(one.template.body))
        self._rows = [(row, self._from_row(row)) for row in book.letters if row.is_ready]
        self._wordless = [row for row in book.letters if row.status == "ready" and not row.words]
        self.layout_problems = tuple(_file_problem("templates/layout.html", one) for one in layout_faults(texts.layout))
        self._by_letter = self._found()

    def of(self, letter: str) -> Mapping[str, Wording]:
        """Language to words; empty for a letter that has none."""
        return self._by_letter.get(letter, {})

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the layout, with each file, and with each Ready row; each thing once."""
        wordings = (*self._files.values(), *(wording for _, wording in self._rows))
        blank = (self._tab.problem(row.row, "words", "blank") for row in self._wordless)
        each = (*self.layout_problems, *(problem for wording in wordings for problem in wording.problems), *blank)
        return tuple({str(problem): problem for problem in each}.values())

    def _found(self) -> dict[str, dict[str, Wording]]:
        """Files first, rows over them; of two Ready rows the lower one holds."""
        found: dict[str, dict[str, Wording]] = {}
        for (language, letter), wording in self._files.items():
            if letter not in self._need_row:
                found.setdefault(letter, {})[language] = wording
        for row, wording in self._rows:
            found.setdefault(row.letter, {})[language_code(row.language, self._lexicon)] = wording
        return found

    def _from_row(self, row: OwnersWords) -> Wording:
        """The owner's words in the file's place for them; where it has none they replace subject and body."""
        file = self._files.get((language_code(row.language, self._lexicon), row.letter), _NO_FILE)
        has_place = has_words(file.template.body)
        words, subject = with_fields(row.words, self._lexicon), with_fields(row.subject, self._lexicon)
        template = Template(
            subject or file.template.subject,
            file.template.preview if has_place else "",
            with_words(file.template.body if has_place else _PLACE, words),
        )
        told = tuple(self._row_problems(row, subject, words, template))
        return Wording(template, row.words_id, (*told, *file.problems) if has_place else told)

    def _row_problems(self, row: OwnersWords, subject: str, words: str, template: Template) -> Iterator[Problem]:
        if not subject and (not template.subject or "letter.subject" in template.subject):
            yield self._tab.problem(row.row, "subject", "blank")
        for fault in line_faults(subject):
            yield self._tab.problem(row.row, "subject", fault.code, **fault.values)
        for fault in body_faults(words, frozenset(BLOCKS) - {"words"}):
            yield self._tab.problem(row.row, "words", fault.code, **fault.values)


def _from_file(key: tuple[str, str], text: str, lexicon: Lexicon) -> Wording:
    language, letter = key
    template, faults = read_template(text, lexicon)
    place = f"templates/{language}/{letter}.md"
    return Wording(template, sha256(text.encode()).hexdigest()[:16], tuple(_file_problem(place, one) for one in faults))


def _file_problem(place: str, fault: TemplateFault) -> Problem:
    return Problem(place, "", "", fault.code, fault.values)
