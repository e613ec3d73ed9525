"""The codes of currencies (ISO 4217) and of countries (ISO 3166) that a setting may name."""

from typing import Final

CURRENCIES: Final = tuple(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
    COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS
    INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP
    MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR
    SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND
    VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """.split()  # noqa: SIM905 - hundreds of quotes would hide the codes
)
"""Money that people pay with today; funds and metals are left out."""

CURRENCY_SLIPS: Final = {"KSH": "KES", "TSH": "TZS", "USH": "UGX", "SOM": "KGS", "RUR": "RUB"}
"""What people write for a currency out of habit, and its code."""

_WITHOUT_DECIMALS: Final = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split())  # noqa: SIM905 - as above
_WITH_THREE: Final = frozenset("BHD IQD JOD KWD LYD OMR TND".split())  # noqa: SIM905 - as above

COUNTRIES: Final = tuple(
    """
    AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD
    CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD
    GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI
    KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
    MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC
    SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ
    VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
    """.split()  # noqa: SIM905 - as above
)
"""Countries and territories with telephone numbers of their own; XK (Kosovo) is in wide use, though not in ISO 3166."""

COUNTRY_SLIPS: Final = {"UK": "GB"}
"""What people write for a country out of habit, and its code."""


def decimals_of(currency: str) -> int:
    """How many decimals ISO 4217 gives the currency: 2 for KES, 0 for UGX, 3 for KWD."""
    if currency in _WITHOUT_DECIMALS:
        return 0
    return 3 if currency in _WITH_THREE else 2


_MARKS: Final = {"€": {"EUR"}, "£": {"GBP", "EGP", "FKP", "GIP", "SHP", "SYP"}, "₽": {"RUB"}, "₸": {"KZT"}}
_YEN: Final = {"JPY", "CNY"}
_PESOS: Final = {"ARS", "CLP", "COP", "CUP", "DOP", "MXN", "UYU"}


def foreign_to(currency: str) -> frozenset[str]:
    """Words and marks that mean another currency than this one, folded: usd and € to a shop that counts in KES."""
    codes = {code.casefold() for code in CURRENCIES if code != currency}
    slips = {slip.casefold() for slip, code in CURRENCY_SLIPS.items() if code != currency}
    marks = {mark for mark, owners in {**_MARKS, "¥": _YEN, "$": _PESOS}.items() if currency not in owners}
    return frozenset((codes | slips | marks) - ({"$"} if currency.endswith("D") else set()))
