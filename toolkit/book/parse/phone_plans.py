"""Phones told at a glance: each country's plan of numbers as one pattern, which the library's slow reading can skip."""

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from phonenumbers import PhoneMetadata
    from phonenumbers.phonemetadata import PhoneNumberDesc

_WRITTEN: Final = re.compile(r"\+?[0-9][0-9 ()-]{5,20}")
_BETWEEN: Final = re.compile(r"[ ()-]")
_KINDS: Final = (
    "fixed_line",
    "mobile",
    "premium_rate",
    "toll_free",
    "shared_cost",
    "voip",
    "personal_number",
    "pager",
    "uan",
    "voicemail",
)
_LONGEST_CODE: Final = 3


@dataclass(frozen=True)
class _Plan:
    """One country's numbers.

    Args:
        code: its country code.
        trunk: what stands before a number inside the country; "" where nothing does, or where it is not plain.
        starts: what the library may take for something before the number.
        kinds: for each kind of number its possible lengths and its pattern.
    """

    code: str
    trunk: str
    starts: re.Pattern[str]
    kinds: tuple[tuple[frozenset[int], re.Pattern[str]], ...]

    def has(self, national: str) -> bool:
        """Whether the country has such a number, without any doubt about where it starts."""
        return not self.starts.match(national) and any(
            len(national) in lengths and pattern.fullmatch(national) for lengths, pattern in self.kinds
        )


def at_a_glance(written: str, region: str) -> str:
    """A plainly written number in E.164; "" where only the library can tell whether it is one.

    Args:
        written: as people see it.
        region: the country whose phones need no +, two letters; "" where none is known.
    """
    if not _WRITTEN.fullmatch(written):
        return ""
    digits = _BETWEEN.sub("", written)
    if digits.startswith("+"):
        return digits if _is_abroad(digits[1:]) else ""
    plan = _plan_of(region)
    if plan is None or not plan.trunk or not digits.startswith(plan.trunk):
        return ""
    national = digits.removeprefix(plan.trunk)
    return f"+{plan.code}{national}" if plan.has(national) else ""


def _is_abroad(digits: str) -> bool:
    codes = (digits[:length] for length in range(1, _LONGEST_CODE + 1))
    plan, code = next(((plan, code) for code in codes if (plan := _plan_of(_only_region(code)))), (None, ""))
    return plan is not None and plan.has(digits.removeprefix(code))


def _only_region(code: str) -> str:
    """The country of a code that no other country shares."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE  # noqa: PLC0415 - it takes 0.1 s to load

    regions = () if code.startswith("0") else COUNTRY_CODE_TO_REGION_CODE.get(int(code), ())
    return regions[0] if len(regions) == 1 else ""


@cache
def _plan_of(region: str) -> _Plan | None:
    from phonenumbers import PhoneMetadata  # noqa: PLC0415 - it takes 0.1 s to load

    plan = PhoneMetadata.metadata_for_region(region, None) if region else None
    if plan is None or plan.general_desc is None or _only_region(str(plan.country_code)) != region:
        return None
    kinds = (getattr(plan, kind) for kind in _KINDS)
    general = plan.general_desc
    return _Plan(
        str(plan.country_code),
        _trunk(plan),
        re.compile(f"{plan.country_code}|{plan.national_prefix_for_parsing or '(?!)'}|{plan.international_prefix}"),
        tuple(_kind(kind, general) for kind in kinds if kind is not None and kind.national_number_pattern),
    )


def _trunk(plan: "PhoneMetadata") -> str:
    is_plain = plan.national_prefix == plan.national_prefix_for_parsing and not plan.national_prefix_transform_rule
    return plan.national_prefix or "" if is_plain else ""


def _kind(kind: "PhoneNumberDesc", general: "PhoneNumberDesc") -> tuple[frozenset[int], re.Pattern[str]]:
    lengths = frozenset(kind.possible_length or general.possible_length) & frozenset(general.possible_length)
    both = f"(?=(?:{general.national_number_pattern})$)(?:{kind.national_number_pattern})"
    return lengths, re.compile(both)
