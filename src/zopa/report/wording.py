"""Numbers and lists as a reader meets them in a sentence.

A probability is whole per cent, never "0 %" or "100 %"; other numbers have three significant
digits.  What is missing is said, not left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

THIN = "\u202f"
MINUS = "\u2212"
NONE = "not defined"
CONFIDENCE = {"low": "low confidence", "medium": "medium confidence", "high": "high confidence"}


def percent(share: float | None) -> str:
    """A probability or share: `93 %`, `less than 1 %`, `more than 99 %`."""
    if share is None:
        return NONE
    if 0.0 < share < 0.005:
        return f"less than 1{THIN}%"
    if 0.995 < share < 1.0:
        return f"more than 99{THIN}%"
    return f"{100 * share:.0f}{THIN}%"


def percent_range(low: float | None, high: float | None) -> str:
    """`91–95 %`."""
    if low is None or high is None:
        return NONE
    first, last = f"{100 * low:.0f}", f"{100 * high:.0f}"
    return f"{first}{THIN}%" if first == last else f"{first}–{last}{THIN}%"


def number(value: float | None, digits: int = 3) -> str:
    """A number with a few significant digits, thousands apart, and a true minus sign."""
    if value is None:
        return NONE
    if 1e3 <= abs(value) < 1e12:
        whole = len(f"{abs(value):.0f}")
        text = f"{value:,.{max(digits - whole, 0)}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = f"{value:.{digits}g}"
    return text.replace("-", MINUS)


def decimal(value: float | None, places: int = 2) -> str:
    """A utility: two decimals."""
    if value is None:
        return NONE
    text = f"{value:.{places}f}"
    if float(text) == 0.0:
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def signed(value: float | None, places: int = 3) -> str:
    """A change, with its sign."""
    if value is None:
        return NONE
    if round(value, places) == 0:
        return "no change" if value == 0 else f"less than {10.0 ** -places:.{places}f} either way"
    return f"{value:+.{places}f}".replace("-", MINUS)


def points(change: float | None) -> str:
    """A change of a probability, in percentage points: `+12 points`."""
    if change is None:
        return NONE
    if change == 0.0:
        return "no change"
    if abs(change) < 0.0005:
        return "0.0 points"
    text = f"{100 * change:+.{0 if abs(change) >= 0.0095 else 1}f}"
    return f"{text.replace('-', MINUS)} points"


def within(text: str, band: Mapping[str, float | None] | None,
           write: Callable[[float | None], str]) -> str:
    """A number with its interval: `+12 points (+3 to +20)`; alone where it is not defined.

    Args:
        text: the number as written.
        band: its `low` and `high`; None where there is none.
        write: how an end is written; its unit is left out.
    """
    if text == NONE or not band or band.get("low") is None or band.get("high") is None:
        return text
    if band["low"] == band["high"] and write(band["low"]) == text:
        return text
    ends = [write(band[end]).removesuffix(" points").replace("no change", "0")
            for end in ("low", "high")]
    return f"{text} ({ends[0]} to {ends[1]})"


def spread_range(spread: Mapping[str, float | None] | None, places: int = 2) -> str:
    """The 5–95 % range: `0.41 to 0.62`."""
    if not spread or spread.get("low") is None or spread.get("high") is None:
        return NONE
    return f"{decimal(spread['low'], places)} to {decimal(spread['high'], places)}"


def join(items: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    parts = list(items)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def periods(count: float, period: str) -> str:
    """`1 month`, `12 months`."""
    return f"{number(count)} {period}" + ("" if count == 1 else "s")


def counted(count: int, noun: str) -> str:
    """`1 claim`, `42 claims`."""
    return f"{count} {noun}" + ("" if count == 1 else "s")


def among(count: float, total: float | None) -> str:
    """A mean count among how many there are: `2.4 of 3 packages`, `11,361 of 14,680 packages`."""
    text = number(count, 2) if count < 10 else f"{count:,.0f}"
    return f"{text} of {number(total, 9)} packages" if total else f"{text} packages"


def capital(text: str) -> str:
    """The first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def stop(text: str) -> str:
    """A sentence that ends with a full stop."""
    text = text.rstrip()
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def qualified(probability: float | None, words: str | None = None, confidence: str | None = None,
              interval: Sequence[Any] | None = None) -> str:
    """`very likely: 93 % (91–95 %), low confidence`, with what there is of it."""
    text = percent(probability)
    if words:
        text = f"{words}: {text}"
    if probability is not None and interval and interval[0] is not None:
        span = percent_range(interval[0], interval[1])
        if span != percent(probability):
            text += f" ({span})"
    return f"{text}, {CONFIDENCE.get(confidence, confidence)}" if confidence else text
