"""Answers as JSON text: 10 significant digits, null for what is not a number, the same bytes.

1. Numbers are rounded to 10 significant digits, so that the last bits of a sum do not show.
2. NaN and infinities become null; minus zero becomes zero.
3. Keys stay in the order in which the questions wrote them.
4. No time, path or version is added: equal answers are equal bytes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

DIGITS = 10
SHORT = 4
"""Entries that a mapping of plain values on one line may have."""


def plain(value: Any) -> Any:
    """Nested data as JSON knows it, with numbers rounded.

    Raises:
        TypeError: something that JSON has no form for.
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return rounded(float(value))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def rounded(value: float) -> float | None:
    """A number with 10 significant digits; None where it is not finite."""
    if not math.isfinite(value):
        return None
    return float(f"{value:.{DIGITS}g}") + 0.0


def to_json(data: Any) -> str:
    """Nested data as text: an entry a line, lists of plain values on one, a newline at the end."""
    return _written(plain(data), "\n") + "\n"


def _written(data: Any, line: str) -> str:
    nested = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    if not any(isinstance(item, dict | list) for item in nested) and not (
            isinstance(data, dict) and len(data) > SHORT):
        return json.dumps(data, ensure_ascii=False, allow_nan=False)
    inner = line + " "
    if isinstance(data, dict):
        parts = [f"{json.dumps(key, ensure_ascii=False)}: {_written(item, inner)}"
                 for key, item in data.items()]
        return "{" + inner + f",{inner}".join(parts) + line + "}"
    return "[" + inner + f",{inner}".join(_written(item, inner) for item in data) + line + "]"


def to_script(data: Any) -> str:
    """JSON that may stand inside an HTML `<script>` element.

    `<`, `>`, `&` and the two line separators of Unicode are written as escapes, so that no text
    can close the element or end a line of a script.
    """
    text = json.dumps(plain(data), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
