"""The fields of a letter to the team."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Final

from toolkit.book import ClientBook, Words
from toolkit.campaigns.occasion import TeamOccasion
from toolkit.formatting import Formatter
from toolkit.letters.bonus_statement import Part, Statement, body_lines, bonus_statement, product_names
from toolkit.letters.context import Fields, ShopFace, blank_fields, clean, first_text, group, letter_words
from toolkit.rules.bonuses.awards import Contender
from toolkit.rules.rounding import half_up

_DOT: Final = " · "
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_NAME_CELLS: Final = 3
"""Cells of a sale that name it; the ones after them are numbers."""


@dataclass(frozen=True)
class TeamLetterContext:
    """Everything that one letter to staff is about."""

    shop: ShopFace
    occasion: TeamOccasion
    book: ClientBook

    def reader_name(self, words: Words) -> str:  # noqa: ARG002 - a name is the same in every language
        """Return the member's name."""
        return self.occasion.member.name

    def fields(self, formatter: Formatter) -> Fields:
        """Return every field, those about clients blank."""
        words = formatter.words
        return {
            **blank_fields(),
            "language": words.language,
            "shop": group("shop", name=self.shop.name, address=self.shop.address),
            "staff": group("staff", name=self.occasion.member.name),
            **self._bonus(formatter),
            **self._best(formatter),
            "words": letter_words(words),
            "why": first_text(words, "why_internal"),
            "stop": "",
        }

    def _bonus(self, formatter: Formatter) -> Fields:
        bonus = self.occasion.bonus
        if bonus is None:
            return {}
        statement = bonus_statement(bonus, formatter, bonus.month, product_names(self.book))
        return {"bonus": _statement_fields(statement, formatter.month(bonus.month))}

    def _best(self, formatter: Formatter) -> Fields:
        praise = self.occasion.praise
        if praise is None:
            return {}
        fields = group(
            "best",
            month=formatter.month(praise.month),
            name=praise.best.staff.name or praise.best.staff.number,
            line=best_line(praise.best, praise.month, formatter),
            rule=formatter.count("bonus", "best_rule", praise.least),
            gifts=", ".join(award.award for award in self.book.awards),
        )
        return {"best": fields}


def best_line(best: Contender, month: date, formatter: Formatter) -> str:
    """Return what the best of a month is praised for."""
    credit = formatter.money(half_up(best.credit))
    return formatter.count("bonus", "best_line", best.purchases, month=formatter.month(month), credit=credit)


def _statement_fields(statement: Statement, month: str) -> SimpleNamespace:
    """Return a statement as fields and block parts."""
    fields = group("bonus", month=month, lead=statement.lead, total=statement.total[1])
    return SimpleNamespace(
        **vars(fields),
        named=statement.total[0],
        parts=tuple(map(_part, statement.parts)),
        says=tuple(map(clean, statement.says)),
        account=clean("\n".join(body_lines(statement)).strip("\n")),
    )


def _part(part: Part) -> SimpleNamespace:
    rows = tuple(_line(row, part.headings) for row in part.rows)
    heads = _line(part.headings, ("",) * len(part.headings)) if part.headings else None
    return SimpleNamespace(title=part.title, says=tuple(map(clean, part.says)), heads=heads, rows=rows)


def _line(row: tuple[str, ...], headings: tuple[str, ...]) -> SimpleNamespace:
    """Return a row as two columns for a phone."""
    cells = [clean(cell) for cell in row]
    details = zip(headings[_NAME_CELLS:-1], cells[_NAME_CELLS:-1], strict=False)
    small = _DOT.join(f"{heading} {cell}".strip().replace(" ", _NO_BREAK) for heading, cell in details if cell)
    name = _DOT.join(cell for cell in cells[: _NAME_CELLS if headings else -1] if cell)
    return SimpleNamespace(what=name, small=small, amount=cells[-1], is_total=bool(headings) and not any(cells[1:-1]))
