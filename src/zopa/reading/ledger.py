"""The ledger as YAML and as JSON Lines, out and in."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from zopa.core.errors import InputError, Problem, one_line
from zopa.reading.row import Row

FORM = 1


def _plain(row: Row) -> dict[str, Any]:
    """A row as plain data, without what is empty; `decision` is always there to be filled in."""
    data = row.model_dump(mode="json")
    kept: dict[str, Any] = {}
    for key, value in data.items():
        if value not in (None, [], {}) or key == "decision":
            kept[key] = value
    kept["source"] = {k: v for k, v in kept["source"].items() if v not in (None, [])}
    if "chain" in kept:
        kept["chain"] = [
            {k: v for k, v in link.items() if v not in (None, [])} for link in kept["chain"]
        ]
    return kept


def to_yaml(rows: Iterable[Row]) -> str:
    """The rows as a YAML file that a person can review: `decision` is left open in each."""
    writer = YAML()
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.width = 100
    stream = io.StringIO()
    writer.dump({"zopa-claims": FORM, "rows": [_plain(row) for row in rows]}, stream)
    return stream.getvalue()


def to_json_lines(rows: Iterable[Row]) -> str:
    """One row a line."""
    return "".join(json.dumps(_plain(row), ensure_ascii=False) + "\n" for row in rows)


def from_yaml(text: str, where: str = "claims.yaml") -> tuple[Row, ...]:
    """The rows of a ledger in YAML.

    Raises:
        InputError: it is no ledger; says which row and field.
    """
    try:
        data = YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        raise InputError(
            [Problem(where, f"this is no YAML ({one_line(str(error))[:200]})")]
        ) from None
    if not isinstance(data, dict) or "rows" not in data or data.get("zopa-claims") != FORM:
        raise InputError(
            [
                Problem(
                    where,
                    "this is no ledger of claims",
                    f"It begins with `zopa-claims: {FORM}` and has `rows:`.",
                )
            ]
        )
    return _rows(data["rows"] or [], where)


def from_json_lines(text: str, where: str = "claims.jsonl") -> tuple[Row, ...]:
    """The rows of a ledger in JSON Lines.

    Raises:
        InputError: a line is no row.
    """
    data = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                data.append(json.loads(line))
            except json.JSONDecodeError as error:
                raise InputError(
                    [Problem(f"{where}:{number}", f"this line is no JSON ({error.msg})")]
                ) from None
    return _rows(data, where)


def _rows(data: Sequence[Any], where: str) -> tuple[Row, ...]:
    rows, problems = [], []
    for number, item in enumerate(data, start=1):
        try:
            rows.append(Row.model_validate(item))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(p) for p in first["loc"])
            problems.append(Problem(where, f"row {number}, {place}: {first['msg']}"))
    if problems:
        raise InputError(problems)
    return tuple(rows)
