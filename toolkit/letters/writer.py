"""Letters from occasions, written or held with a reason."""

from collections.abc import Callable, Container, Iterable
from functools import cache, cached_property
from typing import Protocol

from toolkit.book import ClientBook, Problem, StaffMember, Words
from toolkit.book.tabs.staff import staff_names
from toolkit.campaigns.occasion import Held, Kind, Occasion, Owed, TeamOccasion, letter_key
from toolkit.formatting import Formatter
from toolkit.letters.context import Fields, LetterContext, ShopFace, clean
from toolkit.letters.fields import FieldBlank
from toolkit.letters.letter import Letter, LetterHeader, Packed
from toolkit.letters.render import CompiledLetter, compile_letter
from toolkit.letters.team_context import TeamLetterContext
from toolkit.letters.wording import TemplateTexts, Wording, Wordings, language_code
from toolkit.rules.loyalty.standing import Standing

__all__ = ["ShopFace", "TemplateTexts", "Writer"]


class _Context(Protocol):
    """Everything that one letter is about."""

    @property
    def occasion(self) -> Owed: ...

    def reader_name(self, words: Words) -> str:
        """Return the reader's greeting, or ""."""
        ...

    def fields(self, formatter: Formatter) -> Fields:
        """Return every field as the reader reads it."""
        ...


class Writer:
    """The writer of a shop's letters."""

    def __init__(self, shop: ShopFace, texts: TemplateTexts, book: ClientBook) -> None:
        self._shop = shop
        self._texts = texts
        self._book = book
        self._compiled: dict[tuple[str, str], CompiledLetter] = {}

    def problems(self) -> tuple[Problem, ...]:
        """Return the problems of files, layout and Ready rows."""
        return self._wordings.problems()

    def write(self, occasion: Occasion, standing: Standing) -> Letter | Held:
        """Write one letter in the client's language or a fallback.

        Returns:
            The letter, or why it is held: no-name, no-words, template-wrong, field-blank.
        """
        return self._write(LetterContext(self._shop, occasion, standing, self._manager(occasion), self._book))

    def write_to_staff(self, occasion: TeamOccasion) -> Letter | Held:
        """Write one letter to a member of staff."""
        return self._write(TeamLetterContext(self._shop, occasion, self._book))

    def _write(self, context: _Context) -> Letter | Held:
        occasion = context.occasion
        wordings = self._wordings.of(occasion.campaign)
        own = self._code_of(occasion.reader.language) or self._shop.language
        language = _first_known((own, *self._fallbacks, *sorted(wordings)), wordings)
        if language is None:
            return Held(occasion, "no-words", {"letter": occasion.campaign})
        formatter = self._formatter(language)
        if not context.reader_name(formatter.words):
            return Held(occasion, "no-name")
        return self._checked(context, formatter, wordings[language])

    def _formatter(self, language: str) -> Formatter:
        return Formatter(self._texts.lexicon.words(language), self._shop.currency, self._shop.decimals)

    @cached_property
    def _wordings(self) -> Wordings:
        return Wordings(self._texts, self._book)

    @cached_property
    def _fallbacks(self) -> tuple[str, ...]:
        return (*self._shop.languages, self._shop.language)

    @cached_property
    def _staff(self) -> dict[str, str]:
        return staff_names(self._book.staff)

    @cached_property
    def _code_of(self) -> Callable[[str], str]:
        return cache(lambda written: language_code(written, self._texts.lexicon))

    def _checked(self, context: _Context, formatter: Formatter, wording: Wording) -> Letter | Held:
        occasion = context.occasion
        problem = next(iter((*self._wordings.layout_problems, *wording.problems)), None)
        if problem:
            return Held(occasion, "template-wrong", {"place": problem.place})
        if occasion.kind is Kind.PROMOTIONAL and not self._shop.address:
            return Held(occasion, "field-blank", {"field": "shop.address"})
        try:
            return self._rendered(context, formatter, wording)
        except FieldBlank as blank:
            return Held(occasion, "field-blank", {"field": blank.field})

    def _rendered(self, context: _Context, formatter: Formatter, wording: Wording) -> Letter:
        occasion, language = context.occasion, formatter.words.language
        subject, html, text = self._compile(occasion.campaign, language, wording).render(context.fields(formatter))
        reader = occasion.reader
        header = LetterHeader(
            key=letter_key(self._shop.id, occasion.campaign, occasion.occurrence, reader.reader_no),
            campaign=occasion.campaign,
            occurrence=occasion.occurrence,
            client=reader.reader_no,
            name=clean(reader.name) or context.reader_name(formatter.words),
            route=occasion.route,
            language=language,
            subject=subject,
            words_id=wording.words_id,
            expires=occasion.expires,
            promotional=occasion.kind is Kind.PROMOTIONAL,
        )
        return Letter(header=header, text=text, page=Packed.of(html))

    def _compile(self, letter: str, language: str, wording: Wording) -> CompiledLetter:
        if (letter, language) not in self._compiled:
            self._compiled[letter, language] = compile_letter(wording.template, self._texts.layout)
        return self._compiled[letter, language]

    def _manager(self, occasion: Occasion) -> StaffMember | None:
        number = self._staff.get(occasion.client.manager.casefold(), "")
        return self._book.staff_by_number.get(number)


def _first_known(languages: Iterable[str], known: Container[str]) -> str | None:
    return next((language for language in languages if language in known), None)
