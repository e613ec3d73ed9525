"""The values of a letter to the team: a person's own month, or the best of the month."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Final

from toolkit.book.client_book import ClientBook
from toolkit.campaigns.occasion import TeamOccasion
from toolkit.letters.bonus_statement import Part, Pen, Statement, body_lines, statement
from toolkit.letters.values import Fields, Speaker, blank_fields, clean, group, letter_words
from toolkit.rules.bonuses.awards import Contender
from toolkit.rules.bonuses.monthly import Bonus
from toolkit.rules.rounding import half_up

_DOT: Final = " · "
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
NAMES: Final = 3
"""So many cells of a row with headings say what it is; the others are numbers."""


@dataclass(frozen=True)
class TeamLetterContext:
    """All that one letter to a member of staff speaks of."""

    occasion: TeamOccasion
    book: ClientBook

    def called(self, speaker: Speaker) -> str:  # noqa: ARG002 - a name is the same in every language
        """The name."""
        return self.occasion.member.name

    def fields(self, speaker: Speaker) -> Fields:
        """Every field of the letter; those that speak of clients are blank."""
        shop, words = speaker.shop, speaker.words
        return {
            **blank_fields(),
            "language": words.language,
            "shop": group("shop", name=shop.name, address=shop.address),
            "staff": group("staff", name=self.occasion.member.name),
            **self._bonus(speaker),
            **self._best(speaker),
            "words": letter_words(words),
            "why": speaker.said("why_internal"),
            "stop": "",
        }

    def _bonus(self, speaker: Speaker) -> Fields:
        bonus, pen = self.occasion.bonus, _pen(speaker)
        return {"bonus": _account(self._statement(bonus, pen), pen.month(bonus.month))} if bonus else {}

    def _statement(self, bonus: Bonus, pen: Pen) -> Statement:
        names = {code: one.name for code, one in self.book.products_by_code.items() if one.name}
        return statement(bonus, pen, bonus.month, names)

    def _best(self, speaker: Speaker) -> Fields:
        praise, pen = self.occasion.praise, _pen(speaker)
        if praise is None:
            return {}
        fields = group(
            "best",
            month=pen.month(praise.month),
            name=praise.best.staff.name or praise.best.staff.number,
            line=best_line(praise.best, praise.month, pen),
            rule=pen.say("best_rule", least=str(praise.least)),
            gifts=", ".join(one.award for one in self.book.awards),
        )
        return {"best": fields}


def best_line(best: Contender, month: date, pen: Pen) -> str:
    """What the best of a month is praised for."""
    credit = pen.money(half_up(best.credit))
    return pen.say("best_line", month=pen.month(month), credit=credit, n=str(best.purchases))


def _pen(speaker: Speaker) -> Pen:
    return Pen(speaker.words, speaker.shop.currency, speaker.shop.decimals)


def _account(told: Statement, month: str) -> SimpleNamespace:
    """A statement as fields, and as the parts of its block."""
    fields = group("bonus", month=month, lead=told.lead, total=told.total[1])
    return SimpleNamespace(
        **vars(fields),
        named=told.total[0],
        parts=tuple(map(_part, told.parts)),
        says=tuple(map(clean, told.says)),
        account=clean("\n".join(body_lines(told)).strip("\n")),
    )


def _part(one: Part) -> SimpleNamespace:
    rows = tuple(_line(row, one.headings) for row in one.rows)
    heads = _line(one.headings, ("",) * len(one.headings)) if one.headings else None
    return SimpleNamespace(title=one.title, says=tuple(map(clean, one.says)), heads=heads, rows=rows)


def _line(row: tuple[str, ...], headings: tuple[str, ...]) -> SimpleNamespace:
    """A row as two columns, so that it can be read on a phone: what it is, details below it, and its sum."""
    cells = [clean(cell) for cell in row]
    details = zip(headings[NAMES:-1], cells[NAMES:-1], strict=False)
    small = _DOT.join(f"{heading} {cell}".strip().replace(" ", _NO_BREAK) for heading, cell in details if cell)
    what = _DOT.join(cell for cell in cells[: NAMES if headings else -1] if cell)
    return SimpleNamespace(what=what, small=small, amount=cells[-1], is_total=bool(headings) and not any(cells[1:-1]))
