"""From an occasion to a finished letter in the client's language, or to the reason why it is held."""

from collections.abc import Callable
from functools import cache, cached_property

from toolkit.book.client_book import ClientBook
from toolkit.book.problem import Problem
from toolkit.book.staff import StaffMember, staff_names
from toolkit.campaigns.occasion import Held, Kind, Occasion, letter_key
from toolkit.letters.blank import FieldBlank
from toolkit.letters.greeting import greeting
from toolkit.letters.languages import chosen, language_code
from toolkit.letters.letter import Letter
from toolkit.letters.page import Page, page
from toolkit.letters.values import ShopFace, Speaker, Told, clean, values
from toolkit.letters.wording import TemplateTexts, Wording, Wordings
from toolkit.rules.calls import why_call
from toolkit.rules.standing import Standing

__all__ = ["ShopFace", "TemplateTexts", "Writer"]


class Writer:
    """Writes a shop's letters. Each template is compiled once a language, when its first letter is written."""

    def __init__(self, shop: ShopFace, texts: TemplateTexts, book: ClientBook) -> None:
        self._shop = shop
        self._texts = texts
        self._book = book
        self._pages: dict[tuple[str, str], Page] = {}

    def problems(self) -> tuple[Problem, ...]:
        """Every fault of the files, of the layout, and of the owner's Ready words."""
        return self._wordings.problems()

    def write(self, occasion: Occasion, standing: Standing) -> Letter | Held:
        """Write one letter, in the client's language or the first of the shop's in which its words exist.

        Returns:
            The letter, or why it is held: no-name, no-words, template-wrong, field-blank.
        """
        known = self._wordings.of(occasion.campaign)
        language = chosen(self._own_language(occasion), (*self._fallbacks, *sorted(known)), known)
        if language is None:
            return Held(occasion, "no-words", {"letter": occasion.campaign})
        if not greeting(occasion.client, self._texts.lexicon.words(language)):
            return Held(occasion, "no-name")
        return self._checked(occasion, standing, language, known[language])

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

    def _own_language(self, occasion: Occasion) -> str:
        return self._code_of(occasion.client.language)

    def _checked(self, occasion: Occasion, standing: Standing, language: str, wording: Wording) -> Letter | Held:
        wrong = next(iter((*self._wordings.layout_problems, *wording.problems)), None)
        if wrong:
            return Held(occasion, "template-wrong", {"place": wrong.place})
        if occasion.kind is Kind.PROMOTIONAL and not self._shop.address:
            return Held(occasion, "field-blank", {"field": "shop.address"})
        try:
            return self._written(occasion, standing, language, wording)
        except FieldBlank as blank:
            return Held(occasion, "field-blank", {"field": blank.field})

    def _written(self, occasion: Occasion, standing: Standing, language: str, wording: Wording) -> Letter:
        speaker = Speaker(self._shop, self._texts.lexicon.words(language))
        told = Told(occasion, standing, self._manager(occasion), self._book)
        subject, html, text = self._page(occasion.campaign, language, wording).write(values(told, speaker))
        client = occasion.client
        return Letter(
            key=letter_key(self._shop.id, occasion.campaign, occasion.occurrence, client.number),
            campaign=occasion.campaign,
            occurrence=occasion.occurrence,
            client=client.number,
            name=clean(client.name) or greeting(client, speaker.words),
            address="" if why_call(client) else client.email,
            language=language,
            subject=subject,
            text=text,
            html=html,
            words_id=wording.words_id,
            expires=occasion.expires,
            promotional=occasion.kind is Kind.PROMOTIONAL,
        )

    def _page(self, letter: str, language: str, wording: Wording) -> Page:
        if (letter, language) not in self._pages:
            self._pages[letter, language] = page(wording.template, self._texts.layout)
        return self._pages[letter, language]

    def _manager(self, occasion: Occasion) -> StaffMember | None:
        number = self._staff.get(occasion.client.manager.casefold(), "")
        return self._book.staff_by_number.get(number)
