"""Joint posterior draws of a fitted model: what was fitted, to which data, and the draws.

A fit gives many numbers at once, and they depend on one another.  So the draws are kept as rows: a
row is one joint draw, a column is one number of a scenario, by its path.  The rows stand in the
order of their first principal component, so that their place says something: the first and the last
row lie far apart, neighbours are alike.

The file is JSON with figures of six significant digits, one row a line: the same draws give the
same bytes.  NumPy alone reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from zopa.core.errors import ArgumentError, InputError, Problem

Floats = NDArray[np.float64]
Kind = Literal["battlefield", "endings", "support"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FORMAT = 1
DIGITS = 6
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Fitted:
    """What a posterior was fitted to, and how.

    Attributes:
        files: name and SHA-256 of each file of data.
        first, last: dates of the first and the last observation that was used.
        version: version of zopa that fitted it.
        seed: of the sampler.
        model: the model in a sentence.
        citation: of the data, as its publisher asks for it.
        licence: of the data.
        cases: how many cases stand behind it (wars that ended, say); None where the data are one
            series.
    """

    files: tuple[tuple[str, str], ...]
    first: date
    last: date
    version: str
    seed: int
    model: str
    citation: str
    licence: str
    cases: int | None = None


@dataclass(frozen=True, eq=False)
class Posterior:
    """Joint draws of some numbers of a scenario.

    Attributes:
        name: what a scenario calls it.
        kind: what was fitted.
        columns: paths of the scenario, e.g. `war.momentum.transitions.stalled.advancing`.
        draws: `(draw, column)`, read-only, rounded to six significant digits.
        source: what it was fitted to.

    Raises:
        ArgumentError: no draws, a shape that does not fit the columns, a column given twice, a
            number that is not finite.
    """

    name: str
    kind: Kind
    columns: tuple[str, ...]
    draws: Floats
    source: Fitted

    def __post_init__(self) -> None:
        fault = self._fault()
        if fault is not None:
            raise ArgumentError(fault)
        rounded = significant(self.draws)
        rounded.setflags(write=False)
        object.__setattr__(self, "draws", rounded)

    def _fault(self) -> str | None:
        shape = np.shape(self.draws)
        if self.kind not in KINDS:
            return f"kind must be one of {', '.join(KINDS)}, but is {self.kind!r}"
        if len(shape) != 2 or shape[1] != len(self.columns):
            return (f"draws must have shape (draw, {len(self.columns)}), a column for each path, "
                    f"but has shape {shape}")
        if 0 in shape:
            return "draws must hold at least one row and one column"
        twice = [path for path in self.columns if self.columns.count(path) > 1]
        if twice:
            return f"the column {twice[0]} is given twice"
        if not np.isfinite(self.draws).all():
            row, column = np.argwhere(~np.isfinite(self.draws))[0]
            return f"{self.columns[column]} is not a finite number in row {row + 1}"
        return None

    def column(self, path: str) -> Floats:
        """The draws of one path, `(draw,)`."""
        found: Floats = self.draws[:, self.columns.index(path)]
        return found

    def to_json(self) -> str:
        """The text of its file; the same draws give the same bytes."""
        source = {f.name: getattr(self.source, f.name) for f in fields(Fitted)}
        source |= {"first": self.source.first.isoformat(), "last": self.source.last.isoformat(),
                   "files": [list(pair) for pair in self.source.files]}
        head = {"zopa_posterior": FORMAT, "name": self.name, "kind": self.kind, "source": source,
                "columns": list(self.columns)}
        lines = json.dumps(head, indent=1, ensure_ascii=False).removesuffix("\n}")
        rows = ",\n".join(f"  [{', '.join(map(_text, row))}]" for row in self.draws.tolist())
        return f'{lines},\n "draws": [\n{rows}\n ]\n}}\n'

    @classmethod
    def from_json(cls, text: str, name: str = "posterior.json") -> Posterior:
        """The posterior of a file's text.

        Args:
            text: as `to_json` writes it.
            name: file name for messages.

        Raises:
            InputError: it is not such a file, in one line.
        """
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            raise _wrong(name, "it is not JSON") from None
        if not isinstance(data, Mapping) or data.get("zopa_posterior") != FORMAT:
            raise _wrong(name, f"it is not a file of posterior draws (`zopa_posterior: {FORMAT}`)")
        try:
            return cls(_is(data["name"], str), data["kind"],
                       tuple(_is(path, str) for path in _is(data["columns"], list)),
                       np.array(data["draws"], dtype=np.float64), _fitted(data["source"]))
        except KeyError as error:
            raise _wrong(name, f"it lacks {error}") from None
        except (TypeError, ValueError, OverflowError) as error:
            raise _wrong(name, f"it cannot be used: {error}") from None


def ordered(draws: Floats) -> Floats:
    """Rows in the order of their first principal component.

    1. Columns are standardised; a constant one counts nothing.
    2. The leading right singular vector is taken, its largest loading positive.
    3. Rows are sorted by their score, stably.

    Args:
        draws: `(draw, column)`.
    """
    spread = draws.std(axis=0)
    moving = spread > 1e-12 * np.maximum(np.abs(draws).max(axis=0), 1e-300)
    if not moving.any():
        return draws
    standard = (draws[:, moving] - draws[:, moving].mean(axis=0)) / spread[moving]
    direction = np.linalg.svd(standard, full_matrices=False)[2][0]
    # rounded, so that which of two equal loadings is the largest does not hang on the last bit
    largest = np.argmax(np.round(np.abs(direction), 6))
    result: Floats = draws[np.argsort(standard @ direction * np.sign(direction[largest]),
                                      kind="stable")]
    return result


def significant(values: Floats, digits: int = DIGITS) -> Floats:
    """Values rounded to so many significant digits, a copy."""
    array = np.asarray(values, dtype=np.float64)
    flat = [float(f"{value:.{digits - 1}e}") for value in array.ravel().tolist()]
    return np.array(flat, dtype=np.float64).reshape(array.shape) + 0.0


def _text(value: float) -> str:
    return f"{value:.{DIGITS}g}"


def _fitted(data: Any) -> Fitted:
    known = {f.name for f in fields(Fitted)}
    values = {key: value for key, value in _is(data, dict).items() if key in known}
    files = tuple((_is(name, str), _is(digest, str)) for name, digest in _is(values["files"], list))
    for name, digest in files:
        if not SHA256.fullmatch(digest):
            raise ValueError(f"the hash of {name} is not a SHA-256")
    cases = values.get("cases")
    return Fitted(
        files, date.fromisoformat(values["first"]), date.fromisoformat(values["last"]),
        _is(values["version"], str), _is(values["seed"], int), _is(values["model"], str),
        _is(values["citation"], str), _is(values["licence"], str),
        None if cases is None else _is(cases, int))


def _is(value: Any, kind: type) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(f"{value!r} is not {MEANT[kind]}")
    return value


MEANT = {str: "a text", list: "a list", dict: "a mapping", int: "a whole number"}


def _wrong(name: str, what: str) -> InputError:
    return InputError([Problem(name, what, "Fit it again with `zopa calibrate`, or take the file "
                                           "that came with the scenario.")])
