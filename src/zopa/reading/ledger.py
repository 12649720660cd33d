"""The ledger as YAML and as JSON Lines, out and in."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Stored:
    """What a ledger's file holds: its rows, and decided ones whose words the text has no more."""

    rows: tuple[Row, ...]
    lost: tuple[Row, ...] = ()


def to_yaml(
    rows: Iterable[Row], lost: Iterable[Row] = (), beside: Mapping[str, Any] | None = None
) -> str:
    """The rows as a YAML file that a person can review: `decision` is left open in each.

    Args:
        lost: decided rows whose words the text has no more; they stand apart, under `lost`.
        beside: further sections, plain data by name (see `sections`); they follow the rows.
    """
    writer = YAML()
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.width = 100
    stream = io.StringIO()
    data: dict[str, Any] = {"zopa-claims": FORM, "rows": [_plain(row) for row in rows]}
    if apart := [_plain(row) for row in lost]:
        data["lost"] = apart
    data.update(beside or {})
    writer.dump(data, stream)
    return stream.getvalue()


def to_json_lines(
    rows: Iterable[Row], lost: Iterable[Row] = (), beside: Mapping[str, Any] | None = None
) -> str:
    """One row a line; a lost one as `{"lost": row}`, further sections as `{"beside": {...}}`."""
    lines = [*map(_plain, rows), *({"lost": _plain(row)} for row in lost)]
    if beside:
        lines.append({"beside": dict(beside)})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def from_yaml(text: str, where: str = "claims.yaml") -> tuple[Row, ...]:
    """The rows of a ledger in YAML; as `stored_in_yaml`."""
    return stored_in_yaml(text, where).rows


def stored_in_yaml(text: str, where: str = "claims.yaml") -> Stored:
    """A ledger in YAML, with the rows that were lost.

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
    lost = data.get("lost") or []
    return Stored(_rows(data["rows"] or [], where), _rows(lost, where, "lost row"))


def from_json_lines(text: str, where: str = "claims.jsonl") -> tuple[Row, ...]:
    """The rows of a ledger in JSON Lines; as `stored_in_json_lines`."""
    return stored_in_json_lines(text, where).rows


def stored_in_json_lines(text: str, where: str = "claims.jsonl") -> Stored:
    """A ledger in JSON Lines, with the rows that were lost.

    Raises:
        InputError: a line is no row.
    """
    data: list[Any] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                data.append(json.loads(line))
            except json.JSONDecodeError as error:
                raise InputError(
                    [Problem(f"{where}:{number}", f"this line is no JSON ({error.msg})")]
                ) from None
    lost = [line["lost"] for line in data if _is_lost(line)]
    rows = [line for line in data if not _is_lost(line) and not _is_beside(line)]
    return Stored(_rows(rows, where), _rows(lost, where, "lost row"))


def _is_lost(line: Any) -> bool:
    return isinstance(line, dict) and list(line) == ["lost"]


def _is_beside(line: Any) -> bool:
    return isinstance(line, dict) and list(line) == ["beside"]


def _rows(data: Sequence[Any], where: str, what: str = "row") -> tuple[Row, ...]:
    if not isinstance(data, list):
        raise InputError([Problem(where, f"each {what} is an entry of a list")])
    rows, problems = [], []
    for number, item in enumerate(data, start=1):
        try:
            rows.append(Row.model_validate(item))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(p) for p in first["loc"])
            problems.append(Problem(where, f"{what} {number}, {place}: {first['msg']}"))
    if problems:
        raise InputError(problems)
    return tuple(rows)
