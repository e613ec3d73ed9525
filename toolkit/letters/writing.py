"""From an occasion to a finished letter in its reader's language, or to the reason why it is held."""

from collections.abc import Callable
from functools import cache, cached_property
from typing import Protocol

from toolkit.book.client_book import ClientBook
from toolkit.book.problem import Problem
from toolkit.book.tabs.staff import StaffMember, staff_names
from toolkit.campaigns.occasion import Held, Kind, Occasion, Owed, TeamOccasion, letter_key
from toolkit.letters.blank import FieldBlank
from toolkit.letters.languages import chosen, language_code
from toolkit.letters.letter import Letter, LetterHeader, Packed
from toolkit.letters.page import CompiledLetter, page
from toolkit.letters.team_values import TeamLetterContext
from toolkit.letters.values import Fields, LetterContext, ShopFace, Speaker, clean
from toolkit.letters.wording import TemplateTexts, Wording, Wordings
from toolkit.rules.loyalty.standing import Standing

__all__ = ["ShopFace", "TemplateTexts", "Writer"]


class _Story(Protocol):
    """All that one letter speaks of."""

    @property
    def occasion(self) -> Owed: ...

    def called(self, speaker: Speaker) -> str:
        """How the letter calls its reader; "" where there is no name."""
        ...

    def fields(self, speaker: Speaker) -> Fields:
        """Every field, as the reader reads it."""
        ...


class Writer:
    """Writes a shop's letters. Each template is compiled once a language, when its first letter is written."""

    def __init__(self, shop: ShopFace, texts: TemplateTexts, book: ClientBook) -> None:
        self._shop = shop
        self._texts = texts
        self._book = book
        self._pages: dict[tuple[str, str], CompiledLetter] = {}

    def problems(self) -> tuple[Problem, ...]:
        """Every fault of the files, of the layout, and of the owner's Ready words."""
        return self._wordings.problems()

    def write(self, occasion: Occasion, standing: Standing) -> Letter | Held:
        """Write one letter, in the client's language or the first of the shop's in which its words exist.

        Returns:
            The letter, or why it is held: no-name, no-words, template-wrong, field-blank.
        """
        return self._decided(LetterContext(occasion, standing, self._manager(occasion), self._book))

    def write_to_staff(self, occasion: TeamOccasion) -> Letter | Held:
        """Write one letter to a member of staff, as `write` does."""
        return self._decided(TeamLetterContext(occasion, self._book))

    def _decided(self, story: _Story) -> Letter | Held:
        occasion = story.occasion
        known = self._wordings.of(occasion.campaign)
        own = self._own_language(occasion) or self._shop.language
        language = chosen(own, (*self._fallbacks, *sorted(known)), known)
        if language is None:
            return Held(occasion, "no-words", {"letter": occasion.campaign})
        speaker = Speaker(self._shop, self._texts.lexicon.words(language))
        if not story.called(speaker):
            return Held(occasion, "no-name")
        return self._checked(story, speaker, known[language])

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

    def _own_language(self, occasion: Owed) -> str:
        return self._code_of(occasion.reader.language)

    def _checked(self, story: _Story, speaker: Speaker, wording: Wording) -> Letter | Held:
        occasion = story.occasion
        wrong = next(iter((*self._wordings.layout_problems, *wording.problems)), None)
        if wrong:
            return Held(occasion, "template-wrong", {"place": wrong.place})
        if occasion.kind is Kind.PROMOTIONAL and not self._shop.address:
            return Held(occasion, "field-blank", {"field": "shop.address"})
        try:
            return self._written(story, speaker, wording)
        except FieldBlank as blank:
            return Held(occasion, "field-blank", {"field": blank.field})

    def _written(self, story: _Story, speaker: Speaker, wording: Wording) -> Letter:
        occasion, language = story.occasion, speaker.words.language
        subject, html, text = self._page(occasion.campaign, language, wording).write(story.fields(speaker))
        reader = occasion.reader
        header = LetterHeader(
            key=letter_key(self._shop.id, occasion.campaign, occasion.occurrence, reader.reader_no),
            campaign=occasion.campaign,
            occurrence=occasion.occurrence,
            client=reader.reader_no,
            name=clean(reader.name) or story.called(speaker),
            route=occasion.route,
            language=language,
            subject=subject,
            words_id=wording.words_id,
            expires=occasion.expires,
            promotional=occasion.kind is Kind.PROMOTIONAL,
        )
        return Letter(header=header, text=text, page=Packed.of(html))

    def _page(self, letter: str, language: str, wording: Wording) -> CompiledLetter:
        if (letter, language) not in self._pages:
            self._pages[letter, language] = page(wording.template, self._texts.layout)
        return self._pages[letter, language]

    def _manager(self, occasion: Occasion) -> StaffMember | None:
        number = self._staff.get(occasion.client.manager.casefold(), "")
        return self._book.staff_by_number.get(number)
