"""Letter texts by language, from files and Ready rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from babel import Locale, UnknownLocaleError

from toolkit.book import ClientBook, Lexicon, Problem, nearest, plain
from toolkit.book.parse.cells import code_of
from toolkit.book.tabs.letters import OwnersWords
from toolkit.errors import SetupError
from toolkit.letters.blocks import BLOCKS, has_words, with_words
from toolkit.letters.fields import TemplateFault, with_fields
from toolkit.letters.render import layout_faults
from toolkit.letters.template import Template, body_faults, line_faults, read_template

_PLACE: Final = "[[words]]"
_ENGLISH: Final = Locale("en")


@dataclass(frozen=True)
class TemplateTexts:
    """The templates as they stand in their files.

    Args:
        texts: the text of each file by (language, letter).
        layout: the text of layout.html.
        lexicon: words.toml of every language.
    """

    texts: Mapping[tuple[str, str], str]
    layout: str
    lexicon: Lexicon

    @property
    def letters(self) -> frozenset[str]:
        """The name of every letter."""
        return frozenset(letter for _, letter in self.texts)

    def require(self, letter: str) -> None:
        """Refuse a letter that no file is named after.

        Raises:
            SetupError: there is no such letter.
        """
        if letter not in self.letters:
            near = nearest(letter, self.letters)
            raise SetupError(
                f'No letter "{letter}"',
                why="no file in templates/ has that name",
                next_step=f"did you mean {near}?" if near else f"name one of: {', '.join(sorted(self.letters))}",
            )


@dataclass(frozen=True, slots=True)
class Wording:
    """A letter's text in one language, unusable with problems."""

    template: Template
    words_id: str
    problems: tuple[Problem, ...] = ()


_NO_FILE: Final = Wording(Template("", "", ""), "")


class Wordings:
    """The texts of every letter.

    One whose file has a place for the owner's words needs a Ready row.
    """

    def __init__(self, texts: TemplateTexts, book: ClientBook) -> None:
        self._lexicon = texts.lexicon
        self._tab = book.letters_tab
        self._files = {key: _from_file(key, text, texts.lexicon) for key, text in sorted(texts.texts.items())}
        self._need_row = frozenset(
            letter for (_, letter), wording in self._files.items() if has_words(wording.template.body)
        )
        self._rows = [(row, self._from_row(row)) for row in book.letters if row.is_ready]
        self._wordless = [row for row in book.letters if row.status == "ready" and not row.words]
        self.layout_problems = tuple(
            _file_problem("templates/layout.html", fault) for fault in layout_faults(texts.layout)
        )
        self._by_letter = self._merged()

    def of(self, letter: str) -> Mapping[str, Wording]:
        """Return the texts of a letter by language."""
        return self._by_letter.get(letter, {})

    def problems(self) -> tuple[Problem, ...]:
        """Return the problems of layout, files and Ready rows."""
        wordings = (*self._files.values(), *(wording for _, wording in self._rows))
        blank = (self._tab.problem(row.row, "words", "blank") for row in self._wordless)
        problems = (*self.layout_problems, *(problem for wording in wordings for problem in wording.problems), *blank)
        return tuple({str(problem): problem for problem in problems}.values())

    def _merged(self) -> dict[str, dict[str, Wording]]:
        """Lay Ready rows over files, the lowest on top."""
        merged: dict[str, dict[str, Wording]] = {}
        for (language, letter), wording in self._files.items():
            if letter not in self._need_row:
                merged.setdefault(letter, {})[language] = wording
        for row, wording in self._rows:
            merged.setdefault(row.letter, {})[language_code(row.language, self._lexicon)] = wording
        return merged

    def _from_row(self, row: OwnersWords) -> Wording:
        """Put the owner's words into the file, or in its place."""
        file = self._files.get((language_code(row.language, self._lexicon), row.letter), _NO_FILE)
        has_place = has_words(file.template.body)
        words, subject = with_fields(row.words, self._lexicon), with_fields(row.subject, self._lexicon)
        template = Template(
            subject or file.template.subject,
            file.template.preview if has_place else "",
            with_words(file.template.body if has_place else _PLACE, words),
        )
        problems = tuple(self._row_problems(row, subject, words, template))
        return Wording(template, row.words_id, (*problems, *file.problems) if has_place else problems)

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
    return Wording(
        template, sha256(text.encode()).hexdigest()[:16], tuple(_file_problem(place, fault) for fault in faults)
    )


def _file_problem(place: str, fault: TemplateFault) -> Problem:
    return Problem(place, "", "", fault.code, fault.values)


def language_code(written: str, lexicon: Lexicon) -> str:
    """Return a language's code, sw for SW, sw-KE and Kiswahili."""
    by_name = {plain(name): code for code in lexicon.languages for name in _names(code, lexicon)}
    return by_name.get(plain(written)) or code_of(written)


def language_names(lexicon: Lexicon) -> Mapping[str, str]:
    """Return every spelling of our languages, by its folded form."""
    return {plain(name): name for code in lexicon.languages for name in (code, *_names(code, lexicon))}


def _names(code: str, lexicon: Lexicon) -> tuple[str, str]:
    """Return a language's English name and its own."""
    return _english_name(code), str(lexicon.languages[code].tables.get("language", code))


def _english_name(code: str) -> str:
    try:
        return str(Locale.parse(code).get_display_name(_ENGLISH))
    except (UnknownLocaleError, ValueError):
        return code
