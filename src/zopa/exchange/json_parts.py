"""JSON as parts that know their place, so that a fault can be named with it.

Numbers are read as decimals, keys given twice are refused, and so are NaN and infinities.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from zopa.exchange.raw import wrong


@dataclass(frozen=True)
class Part:
    """One value of a JSON text.

    Attributes:
        value_: the value.
        where: file and path, e.g. `a.json: issueWeights.price`.
        key: its key or number in what holds it.
    """

    value_: Any
    where: str
    key: str = ""

    def has(self, name: str) -> bool:
        """Whether it is an object with that key."""
        return isinstance(self.value_, dict) and name in self.value_

    def given(self, name: str) -> bool:
        """Whether the key's value is not null (nor an empty object)."""
        return self.value_[name] is not None and self.value_[name] != {}

    def value(self, name: str) -> Any:
        """The plain value of a key.

        Raises:
            InputError: there is none.
        """
        if not self.has(name):
            raise wrong(self.where, f"it lacks the key '{name}'", "Add it.")
        return self.value_[name]

    def part(self, name: str) -> Part:
        """A key's value, which must be an object or a list."""
        value = self.value(name)
        where = f"{self.where}{'.' if ': ' in self.where else ': '}{_shown(name)}"
        if not isinstance(value, dict | list):
            raise wrong(where, "it is a single value", "An object or a list belongs here.")
        return Part(value, where, name)

    def keys(self) -> list[str]:
        """The keys of an object."""
        if not isinstance(self.value_, dict):
            raise wrong(self.where, "it is no object", "Write { ... }.")
        return list(self.value_)

    def parts(self) -> list[Part]:
        """What an object or a list holds."""
        pairs = (self.value_.items() if isinstance(self.value_, dict)
                 else enumerate(self.value_))
        return [Part(value, f"{self.where}.{_shown(str(key))}", str(key)) for key, value in pairs]

    def items(self, name: str) -> list[Any]:
        """A key's value, which must be a list."""
        value = self.value(name)
        if not isinstance(value, list):
            raise wrong(self.where, f"'{name}' is no list", "Write [ ... ].")
        return value

    def text(self, name: str, default: str) -> str:
        """A key's value as a name; the default where it is missing or empty."""
        value = self.value_.get(name)
        from zopa.exchange.raw import cleaned

        return cleaned(value if isinstance(value, str) and value.strip() else default,
                       self.where, f"'{name}'")

    def decimal(self, name: str) -> Decimal:
        """A key's value as a number; a text that is one is taken too.

        Raises:
            InputError: it is none.
        """
        value = self.value(name)
        try:
            number = Decimal(value) if isinstance(value, str | int | Decimal) else None
        except InvalidOperation:
            number = None
        if number is None or isinstance(value, bool) or not number.is_finite():
            raise wrong(self.where, f"'{name[:60]}' is no number", "Write a number such as 0.25.")
        if abs(number.adjusted()) > 300:
            raise wrong(self.where, f"'{name[:60]}' is {number:.3g}, out of range", "Rescale it.")
        return number

    def number(self, name: str) -> float:
        """As `decimal`, as a float."""
        return float(self.decimal(name))


def parse(text: str, shown: str) -> Part:
    """A JSON text.

    Raises:
        InputError: it is not JSON, a key is given twice, or it is nested too deep.
    """
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise wrong(shown, f"the key '{_shown(key)}' is given twice", "Remove one.")
            found[key] = value
        return found

    def refused(word: str) -> Any:
        raise wrong(shown, f"it holds {word}, which is no number", "Write a finite number.")

    def whole(digits: str) -> Decimal:
        return Decimal(digits)

    try:
        value = json.loads(text, object_pairs_hook=once, parse_constant=refused,
                           parse_float=Decimal, parse_int=whole)
    except json.JSONDecodeError as error:
        raise wrong(f"{shown}:{error.lineno}", f"not JSON: {error.msg}",
                    "Is the file complete?") from None
    except RecursionError:
        raise wrong(shown, "it is nested too deep", "Is it a GeniusWeb file?") from None
    if not isinstance(value, dict):
        raise wrong(f"{shown}:1", "it is JSON, but no object", "Is it a GeniusWeb file?")
    return Part(value, shown)


def _shown(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:57]}..."


def finite(value: float) -> bool:
    """Whether a number can be written to JSON."""
    return math.isfinite(value)
