"""A field that has no value: it may be asked for, it cannot be printed."""

from typing import NoReturn

from jinja2 import Undefined


class FieldBlank(Exception):
    """A letter would print a field that is blank; caught where the letter is written, and the letter is held."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Blank(Undefined):
    """Stands for a blank value: false in an `if`, replaced by `default`, and refuses to be printed."""

    __slots__ = ()

    def __init__(self, field: str) -> None:
        super().__init__(name=field)

    def __str__(self) -> NoReturn:
        raise FieldBlank(self._undefined_name or "")
