from toolkit.book.parse.amounts import price
from toolkit.book.parse.cells import ParseContext, ParseError
from toolkit.config.currency_words import words_of, words_of_others


def told(cell: str, currency: str) -> str:
    try:
        return str(price(cell, ParseContext(own_currency=words_of(currency), foreign=words_of_others(currency))))
    except ParseError as misread:
        return f"{misread.code} {misread.values['mark']}"


def test_an_amount_of_another_currency_is_told_and_not_taken_for_the_shops() -> None:
    assert told("12.50 USD", "KES") == "other-currency USD"
    assert told("$ 12.50", "KES") == "other-currency $"
    assert told("€12", "USD") == "other-currency €"
    assert told("TSh 500", "KES") == "other-currency TSH"


def test_the_shops_own_currency_may_stand_beside_an_amount() -> None:
    assert told("KES 12.50", "KES") == "12.50"
    assert told("Ksh. 1,200", "KES") == "1200"
    assert told("$12", "USD") == "12"
    assert told("12 сом", "KGS") == "12"
    assert told("£12", "GBP") == "12"
