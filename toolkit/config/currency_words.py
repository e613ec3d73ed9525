"""Words and signs of currencies as people type them beside an amount."""

from collections.abc import Mapping
from typing import Final

from toolkit.config.codes import CURRENCY_SLIPS, currencies

WORDS: Final[Mapping[str, str]] = {
    "AED": "dh dhs",
    "AUD": "a$ au$",
    "AZN": "ман ₼",
    "BDT": "tk ৳",
    "BRL": "r$",
    "BYN": "br руб р",
    "CAD": "c$ ca$",
    "CHF": "fr sfr",
    "CNY": "¥ 元 yuan",
    "CZK": "kč kc",
    "DKK": "kr",
    "EGP": "le",
    "ETB": "br birr",
    "EUR": "€ euro euros евро",
    "GEL": "₾ лари",
    "GHS": "₵ gh₵",
    "HUF": "ft",
    "IDR": "rp",
    "ILS": "₪",
    "INR": "₹ rs",
    "ISK": "kr",
    "JPY": "¥ 円",
    "KES": "kshs sh shs",
    "KGS": "сом с",
    "KRW": "₩",
    "KZT": "₸ тг тенге теңге",
    "MXN": "mx$",
    "MYR": "rm",
    "NGN": "₦",
    "NOK": "kr",
    "NZD": "nz$",
    "PHP": "₱",
    "PKR": "rs ₨",
    "PLN": "zł zl",
    "RON": "lei",
    "RUB": "₽ руб р рублей",
    "RWF": "frw rf",
    "SEK": "kr",
    "SGD": "s$",
    "THB": "฿",
    "TRY": "₺ tl",
    "TZS": "tshs sh shs",
    "UAH": "₴ грн",
    "UGX": "ushs sh shs",
    "USD": "us$",
    "UZS": "сум so'm",
    "VND": "₫ đ",
    "ZAR": "r",
}
"""The words of each currency beside its ISO code; several currencies may share one."""


_DOLLARS: Final = "AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD USD XCD"
_PESOS: Final = "ARS CLP COP CUP DOP MXN UYU"
DOLLARS: Final = frozenset((*_DOLLARS.split(), *_PESOS.split()))
"""Currencies that people write with $."""

POUNDS: Final = frozenset({"EGP", "FKP", "GBP", "GIP", "SHP", "SYP"})


def words_of(currency: str) -> frozenset[str]:
    """Return the folded words and signs of a currency, its code too."""
    signs = {"$"} if currency in DOLLARS else {"£"} if currency in POUNDS else set()
    slips = {slip.casefold() for slip, code in CURRENCY_SLIPS.items() if code == currency}
    return frozenset({currency.casefold(), *signs, *slips, *WORDS.get(currency, "").split()})


def words_of_others(currency: str) -> frozenset[str]:
    """Return the words of every other currency that are not the shop's too."""
    return frozenset().union(*(words_of(code) for code in currencies())) - words_of(currency)
