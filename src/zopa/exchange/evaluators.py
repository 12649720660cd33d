"""Options of an issue in Genius XML, and what a profile's evaluator makes of them.

Whole numbers are listed one by one.  A real issue is cut into `LEVELS` equally spaced values, its
ends among them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from zopa.agreement.space import Floats
from zopa.exchange.elements import Element
from zopa.exchange.raw import MOST_OPTIONS, cleaned, number, wrong

LEVELS = 21
SMALLEST = 1e-5
"""Genius counts every evaluation of an issue as 0 where the largest is smaller."""


@dataclass(frozen=True, eq=False)
class Scale:
    """Options of an issue.

    Attributes:
        options: names.
        values: `(option,)` where they are numbers, else None.
        lower: the lower bound of a range of whole numbers.
    """

    options: tuple[str, ...]
    values: Floats | None = None
    lower: float = 0.0


def kind(element: Element) -> str:
    """`discrete`, `integer` or `real`."""
    given = (element.get("type") or element.get("vtype") or element.get("etype") or "discrete")
    return given.strip().lower()


def bounds(element: Element, shown: str) -> tuple[float, float] | None:
    """Lower and upper bound of a range, on the issue or on `<range>` inside it."""
    for part in (element, *element.named("range")):
        if part.get("lowerbound") is not None or part.get("upperbound") is not None:
            where = f"{shown}:{part.line}"
            low = number(part.get("lowerbound"), where, "the lower bound")
            high = number(part.get("upperbound"), where, "the upper bound")
            if low > high:
                raise wrong(where, f"the lower bound {low:g} is above the upper bound {high:g}",
                            "Exchange them.")
            return low, high
    return None


def scale(element: Element, name: str, where: str, shown: str, notes: list[str]) -> Scale:
    """The options of an issue of the domain.

    Raises:
        InputError: there are none, too many, or one is named twice.
    """
    sort = kind(element)
    if sort in ("integer", "real") and not element.named("item"):
        limits = bounds(element, shown)
        if limits is None:
            raise wrong(where, f"the issue '{name}' has no range",
                        'Add <range lowerbound="..." upperbound="..."/>.')
        if sort == "integer":
            return _whole(limits, name, where)
        low, high = limits
        levels = LEVELS if high > low else 1
        notes.append(f"'{name}' can take any value from {low:g} to {high:g}; here it takes "
                     f"{levels} equally spaced ones.")
        values = np.linspace(low, high, levels)
        return Scale(tuple(format(v, ".10g") for v in values), values, low)
    if sort not in ("discrete", "integer", "real"):
        raise wrong(where, f"the issue '{name}' is of type '{sort[:40]}'",
                    "Types are discrete, integer and real.")
    options = [cleaned(item.get("value") or "", f"{shown}:{item.line}", "the value of an item")
               for item in element.named("item")]
    seen: set[str] = set()
    for option, item in zip(options, element.named("item"), strict=True):
        if option in seen:
            raise wrong(f"{shown}:{item.line}", f"the issue '{name}' has the item '{option}' twice",
                        "Remove one.")
        seen.add(option)
    if not options or len(options) > MOST_OPTIONS:
        raise wrong(where, f"the issue '{name}' has {len(options)} items",
                    f"An issue has 1 to {MOST_OPTIONS}.")
    return Scale(tuple(options), _as_whole(options))


def _whole(limits: tuple[float, float], name: str, where: str) -> Scale:
    low, high = limits
    if low != int(low) or high != int(high) or high - low >= MOST_OPTIONS:
        raise wrong(where, f"the range of '{name}', {low:g} to {high:g}, is not one of at most "
                    f"{MOST_OPTIONS} whole numbers", "Narrow it.")
    values = np.arange(int(low), int(high) + 1)
    return Scale(tuple(map(str, values)), values.astype(float), low)


def _as_whole(options: list[str]) -> Floats | None:
    """Values of options that are whole numbers, so that a rectangle can bound them."""
    plain = all(option.lstrip("-").isdecimal() and len(option) < 16 for option in options)
    return np.array([float(option) for option in options]) if plain else None


def evaluated(element: Element, options: Scale, name: str, shown: str) -> Floats:
    """`(option,)`: what a profile's issue makes of the domain's options, in [0, 1].

    Raises:
        InputError: an item is unknown, missing, or evaluated below 0; an evaluator is unknown.
    """
    items = element.named("item")
    if items:
        return _items(items, options, name, shown, element.line)
    where = f"{shown}:{element.line}"
    evaluators = element.named("evaluator")
    if not evaluators or options.values is None:
        raise wrong(where, f"the issue '{name}' has no evaluation",
                    "Add items with evaluations, or an <evaluator> of a range.")
    limits = bounds(element, shown)
    lower = limits[0] if limits else options.lower
    return _function(evaluators[0], f"{shown}:{evaluators[0].line}")(options.values, lower)


def _items(items: list[Element], options: Scale, name: str, shown: str, line: int) -> Floats:
    found: dict[str, float] = {}
    known = set(options.options)
    for item in items:
        where = f"{shown}:{item.line}"
        option = " ".join((item.get("value") or "").split())
        if option not in known:
            raise wrong(where, f"the item '{option[:60]}' of '{name}' is not in the domain",
                        f"The domain has {', '.join(options.options[:8])}.")
        if option in found:
            raise wrong(where, f"the item '{option[:60]}' of '{name}' is given twice",
                        "Remove one.")
        value = number(item.get("evaluation"), where, f"the evaluation of '{option[:60]}'")
        if value < 0.0:
            raise wrong(where, f"the evaluation of '{option[:60]}' is {value:g}, less than 0",
                        "Genius takes evaluations of 0 or more.")
        found[option] = value
    missing = [option for option in options.options if option not in found]
    if missing:
        raise wrong(f"{shown}:{line}", f"the issue '{name}' has no evaluation of '{missing[0]}'",
                    "Add the item.")
    values = np.array([found[option] for option in options.options])
    largest = values.max()
    return values / largest if largest >= SMALLEST else np.zeros(len(values))


Function = Callable[[Floats, float], Floats]


def _function(element: Element, where: str) -> Function:
    """An evaluator as a function of the values and of the lower bound."""
    def parameter(*names: str) -> float:
        given = next((element.get(n) for n in names if element.get(n) is not None), None)
        return number(given, where, f"`{names[0]}` of an evaluator")

    sort = (element.get("ftype") or "linear").strip().lower()
    if sort == "constant":
        constant = parameter("parameter0", "offset")
        return lambda values, lower: np.full(len(values), constant)
    if sort == "triangular":
        low, high, top = (parameter(f"parameter{n}") for n in range(3))
        if not low <= top <= high or low == high:
            raise wrong(where, "a triangle has its top between its ends, and they differ",
                        "parameter0 and parameter1 are the ends, parameter2 the top.")
        return lambda values, lower: _triangle(values, low, high, top)
    if sort != "linear":
        raise wrong(where, f"an evaluator is of the form '{sort[:40]}'",
                    "Forms are linear, constant and triangular.")
    if element.get("slope") is not None or element.get("offset") is not None:
        slope, offset = parameter("slope"), parameter("offset")
        return lambda values, lower: np.clip(offset + slope * (values - lower), 0.0, 1.0)
    constant, slope = parameter("parameter0"), parameter("parameter1")
    return lambda values, lower: np.clip(constant + slope * values, 0.0, 1.0)


def _triangle(values: Floats, low: float, high: float, top: float) -> Floats:
    """As Genius: rising from `low` to `top`, falling to `high`, 0 outside and at `high`."""
    rising = (values - low) / (top - low) if top > low else np.zeros(len(values))
    falling = 1.0 - (values - top) / (high - top) if high > top else np.zeros(len(values))
    inside = np.where(values < top, rising, falling)
    return np.where((values < low) | (values >= high), 0.0, inside)
