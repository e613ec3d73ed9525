"""Words that teams use for our headings and choices, in several languages.

A heading is taken for what it speaks of, whatever its language, abbreviation or spelling: CustomerID is client and no.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final, TypeAlias

from toolkit.book.i18n import Lexicon, plain
from toolkit.book.parse.cells import CellParser, Choice, yes_no

Concepts: TypeAlias = frozenset[str]
"""The concepts of a heading; an unknown word stands for itself, with a mark before it."""

UNKNOWN: Final = "?"

_WORDS: Final[Mapping[str, str]] = {
    "client": "client clients customer customers cust cst buyer buyers contact member клиент* покупател* заказчик* "
    "контрагент* mteja wateja mnunuzi кардар*",
    "no": "no nr num number id code ref key номер* код id ид namba nambari na kitambulisho",
    "name": "name names nm фио имя наименован* назван* jina majina аты",
    "first": "first fname given kwanza",
    "last": "last lname surname фамили* ukoo",
    "full": "full полн* kamili",
    "company": "company firm organisation organization org компани* фирм* организац* kampuni уюм*",
    "email": "email emails mail имейл эл электронн* почт* pepe",
    "phone": "phone phones tel telephone mob mobile cell тел телефон* моб мобильн* simu",
    "address": "address addr street адрес* улиц* anwani дарег* дарек*",
    "city": "city town город* mji шаар*",
    "region": "region state province област* регион* mkoa",
    "postal": "postal zip postcode индекс*",
    "country": "country ctry стран* nchi өлкө*",
    "language": "language lang язык* lugha тил тили",
    "date": "date dt day when дат* день когда tarehe siku lini күн күнү качан",
    "birth": "birth birthday dob bday рожд* kuzaliwa туулган",
    "purchase": "purchase purchases order orders ord invoice invoices inv bill bills receipt receipts sale sales "
    "transaction transactions txn заказ* покупк* чек* продаж* накладн* счет* счёт* oda agizo maagizo ankara risiti "
    "mauzo manunuzi uuzaji сатуу*",
    "line": "line lines detail details row rows строк* позици*",
    "product": "product products prod item items article sku goods товар* продукт* артикул* услуг* bidhaa huduma",
    "quantity": "quantity qty quant pcs кол количеств* шт штук* idadi саны",
    "price": "price prc цен* bei баасы",
    "unit": "unit each единиц* ед kimoja moja",
    "amount": "amount amt total sum paid revenue turnover сумм* итог* оплачен* стоимост* kiasi jumla malipo",
    "discount": "discount disc rebate скидк* punguzo арзан*",
    "cost": "cost costs себестоимост* gharama",
    "staff": "staff employee employees emp seller sellers salesperson salesman rep agent manager cashier "
    "сотрудник* таб табельн* продав* менеджер* кассир* mfanyakazi wafanyakazi muuzaji wauzaji meneja сатуучу "
    "кызматкер*",
    "status": "status статус* состоян* hali абалы",
    "promised": "promised promise required req due needed deadline expected обещ* срок* imeahidiwa ahadi убада*",
    "delivered": "delivered delivery dlv shipped ship shp dispatched отгру* достав* imefikishwa kufikishwa жеткир*",
    "note": "note notes remark remarks comment comments memo примечан* коммент* заметк* maelezo",
    "category": "category categories cat ctg group segment катего* групп* aina kundi түрү",
    "role": "role title position job должност* kazi cheo",
    "hired": "hire hired joined started принят* прием* приём* нанят* ajiriwa aliajiriwa kuajiriwa",
    "left": "left until quit уволен*",
    "letters": "newsletter news mailing subscribed consent optin letters marketing рассыл* согласи* подписк* ridhaa",
    "weight": "weight вес uzito",
    "return": "return returned returns refund refunded refunds возврат*",
    "referrer": "referred referrer introduced recommended рекоменд* направил* сунуштады",
}
_FILLERS: Final = "of the for to in on by a во на для по за в и ya wa la za cha kwa usd kes kgs rub ksh"
_FILLER: Final = frozenset(_FILLERS.split())
_TOGETHER: Final = ((r"\be[\s_-]+mail\b", "email"), (r"\bbarua\s+pepe\b", "email"), (r"\bopt[\s_-]+in\b", "optin"))
_EXACT: Final = {word: concept for concept, words in _WORDS.items() for word in words.split() if "*" not in word}
_STEMS: Final = tuple(
    (word.rstrip("*"), concept) for concept, words in _WORDS.items() for word in words.split() if word.endswith("*")
)


@cache
def concepts_of(heading: str) -> Concepts:
    """Return the concepts of a heading, such as client and no for Cust_No."""
    spelt = unicodedata.normalize("NFKC", heading.replace("№", " no ").replace("#", " no "))
    spelt = re.sub(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])|(?<=[A-Z])(?=[A-Z][a-z])", " ", spelt).casefold()
    for pattern, word in _TOGETHER:
        spelt = re.sub(pattern, word, spelt)
    words = re.sub(r"[\W_]+", " ", spelt).split()
    return frozenset(_concept(word) for word in words if word not in _FILLER)


def _concept(word: str) -> str:
    if word in _EXACT:
        return _EXACT[word]
    return next((concept for stem, concept in _STEMS if word.startswith(stem)), f"{UNKNOWN}{word}")


def all_known(concepts: Concepts) -> bool:
    """True if every word of a heading is known."""
    return bool(concepts) and not any(concept.startswith(UNKNOWN) for concept in concepts)


def _sets(*written: str) -> tuple[Concepts, ...]:
    return tuple(frozenset(words.split()) for words in written)


FIELD_CONCEPTS: Final[Mapping[str, Mapping[str, tuple[Concepts, ...]]]] = {
    "clients": {
        "number": _sets("client no", "no", "client company no"),
        "name": _sets("client name", "name", "full name", "client full name", "client"),
        "first_name": _sets("first name", "client first name", "first"),
        "surname": _sets("last name", "client last name", "last"),
        "company": _sets("company name", "company"),
        "email": _sets("email", "client email", "address email", "no email"),
        "phone": _sets("phone", "client phone", "phone no", "client phone no"),
        "address": _sets("address", "client address", "postal address"),
        "country": _sets("country"),
        "language": _sets("language"),
        "consent": _sets("letters"),
        "birthday": _sets("birth date", "birth"),
        "manager": _sets("staff", "staff name", "staff no"),
        "segment": _sets("category", "client category"),
        "family_and_notes": _sets("note"),
        "referred_by": _sets("referrer", "referrer client"),
    },
    "purchases": {
        "number": _sets("purchase no", "purchase", "no"),
        "date": _sets("date", "purchase date"),
        "client": _sets("client no", "client", "client name"),
        "product": _sets("product no", "product", "product name", "name"),
        "quantity": _sets("quantity"),
        "unit_price": _sets("unit price", "price", "product price"),
        "paid": _sets("amount", "purchase amount", "line amount"),
        "discount": _sets("discount"),
        "cost": _sets("cost"),
        "splits": _sets("staff", "staff no", "staff name"),
        "status": _sets("status", "purchase status"),
        "promised_for": _sets("promised date", "promised", "promised delivered", "promised delivered date"),
        "delivered_on": _sets("delivered date", "delivered"),
        "return_of": _sets("return", "return purchase", "return purchase no", "return no"),
        "note": _sets("note"),
    },
    "products": {
        "product": _sets("product no", "no", "product"),
        "name": _sets("product name", "name", "product"),
        "category": _sets("category name", "category", "product category", "category no"),
        "weight": _sets("weight", "product weight"),
        "price": _sets("unit price", "price", "product price"),
    },
    "staff": {
        "number": _sets("staff no", "no"),
        "name": _sets("staff name", "name", "full name", "staff"),
        "email": _sets("email", "address email"),
        "role": _sets("role"),
        "since": _sets("hired date", "hired"),
        "until": _sets("left date", "left"),
    },
}
"""Our fields by the concepts of a heading of theirs, the surest first.

The phone of a staff member is never proposed as the direct line: it may be private, and the line stands in letters.
"""

TAB_CONCEPTS: Final[Mapping[str, str]] = {
    "clients": "client",
    "purchases": "purchase",
    "products": "product",
    "staff": "staff",
}
"""The concept in the name of a tab that holds ours."""


SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "yes": ("y", "1", "true", "t", "x", "+", "v", "ok", "on", "д"),
    "no": ("n", "0", "false", "f", "-", "off", "н"),
    "paid": ("closed", "complete", "completed", "done", "закрыт", "выполнен"),
    "delivered": ("shipped", "received", "отгружен", "получен"),
    "ordered": ("open", "new", "pending", "новый", "в работе", "в обработке"),
    "cancelled": ("void", "отказ", "отмена"),
    "email": ("e", "mail"),
    "phone": ("tel", "call", "sms", "mobile"),
}
"""A team's own words for our choices, such as Y for yes."""


def options_of(read: CellParser) -> tuple[str, ...]:
    """Return the options of a column, if it has any."""
    if read is yes_no:
        return ("yes", "no")
    return read.options if isinstance(read, Choice) else ()


def meant_by(
    values: frozenset[str], options: tuple[str, ...], lexicon: Lexicon
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Return their words for ours, and the unknown values."""
    strange = sorted(value for value in values if lexicon.meant(value, options) is None)
    meant = {
        option: tuple(value for value in strange if plain(value) in SYNONYMS.get(option, ())) for option in options
    }
    unknown = [value for value in strange if not any(value in words for words in meant.values())]
    return {option: words for option, words in meant.items() if words}, unknown
