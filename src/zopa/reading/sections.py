"""The parts of a ledger beside its rows: as plain data for its file, back again, and in short."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from zopa.core.errors import InputError, Problem
from zopa.reading.against import Against
from zopa.reading.courses import Several
from zopa.reading.row import Strict

SHOWN = 5
"""How many of a kind the terminal names; the ledger has them all."""


def plain(part: Strict) -> dict[str, Any]:
    """A part as plain data; what is empty is left out, `decision` excepted."""
    data: dict[str, Any] = _plain(part.model_dump(mode="json"))
    return data


def _plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()
                if value not in (None, [], {}) or key == "decision"}  # fmt: skip
    return [_plain(item) for item in data] if isinstance(data, list) else data


def stored_against(text: str, where: str, json_lines: bool = False) -> Against | None:
    """What a ledger's file says of a scenario; none where it was not read beside one.

    Raises:
        InputError: that part has another form.
    """
    data = _beside(text) if json_lines else _loaded(text, where)
    part = data.get("against") if isinstance(data, dict) else None
    if part is None:
        return None
    try:
        return Against.model_validate(part)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(p) for p in ("against", *first["loc"]))
        raise InputError([Problem(where, f"{place}: {first['msg']}")]) from None


def stored_dates(text: str, where: str, json_lines: bool = False) -> dict[str, dt.date | None]:
    """The dates of a ledger's documents, as far as it has them.

    Raises:
        InputError: one is no date.
    """
    data = _beside(text) if json_lines else _loaded(text, where)
    dates = data.get("dates") if isinstance(data, dict) else None
    found: dict[str, dt.date | None] = {}
    for document, date in dates.items() if isinstance(dates, dict) else ():
        try:
            found[str(document)] = None if date is None else dt.date.fromisoformat(str(date))
        except ValueError:
            raise InputError([Problem(where, f"dates.{document} is no date",
                                      "Write it as 2025-05-31.")]) from None  # fmt: skip
    return found


def against_before(path: Path | None, renamed: Mapping[str, str]) -> Against | None:
    """What the ledger at a path says of a scenario, under the ids that its rows have now.

    Args:
        renamed: id before -> id now.

    Raises:
        InputError: that part has another form.
    """
    if path is None or not path.is_file():
        return None
    text = path.read_text(encoding="utf-8", errors="replace")
    lines = path.suffix.lower() in (".jsonl", ".ndjson")
    before = stored_against(text, str(path), lines) if text.strip() else None
    if before is None:
        return None
    moved = tuple(one.model_copy(update={"row": renamed.get(one.row, one.row)})
                  for one in before.suggestions)  # fmt: skip
    return before.model_copy(update={"suggestions": moved})


def _loaded(text: str, where: str) -> Any:
    try:
        return YAML(typ="safe", pure=True).load(text)
    except YAMLError:
        raise InputError([Problem(where, "this is no YAML")]) from None


def _beside(text: str) -> Any:
    last = next((line for line in reversed(text.split("\n")) if line.strip()), "{}")
    try:
        data = json.loads(last)
    except json.JSONDecodeError:
        return {}
    return data.get("beside", {}) if isinstance(data, dict) else {}


def against_lines(against: Against) -> Iterator[str]:
    """What a ledger is beside a scenario, a line each."""
    claims = {near.claim for one in against.suggestions for near in one.claims}
    tests = sum(bool(one.tests) for one in against.suggestions)
    yield (f"beside {against.scenario}: {len(claims)} of its claims found, "
           f"{len(against.missed)} missed; {tests} rows suggest a test, "
           f"{len(against.to_do)} look testable and fit none")  # fmt: skip
    for missed in against.missed[:SHOWN]:
        place = "no sentence is near it"
        if missed.nearest is not None:
            place = (f"nearest: {missed.document}, characters {missed.nearest.start}-"
                     f"{missed.nearest.end}")  # fmt: skip
        yield f"  missed {missed.claim}: {place}"
    if len(against.missed) > SHOWN:
        yield f"  and {len(against.missed) - SHOWN} more missed"
    for to_do in against.to_do[:SHOWN]:
        yield f"  to do {to_do.row}: {_short(to_do.says)}"
    if against.elsewhere:
        yield f"  {len(against.elsewhere)} more claims cite sources of which nothing is found here"


def several_lines(several: Several) -> Iterator[str]:
    """What several reports say beside each other, a line each."""
    shifts = sum(course.shift for course in several.timeline)
    yield (f"{len(several.dates)} reports: {len(several.groups)} claims told more than once, "
           f"{len(several.contradictions)} contradictions, {len(several.timeline)} positions "
           f"followed, {shifts} of them reversed; {len(several.words_and_actions)} times words "
           "beside actions")  # fmt: skip
    if undated := sorted(name for name, date in several.dates.items() if date is None):
        yield f"  undated: {', '.join(undated)}; --date FILE=YYYY-MM-DD says when"
    for group in several.groups[:SHOWN]:
        yield (f"  {group.sources} sources in {group.documents} reports: {_short(group.says)}")
    for one in several.contradictions[:SHOWN]:
        yield (f"  {one.source} against {one.against_source}: {one.why} ({one.row}, "
               f"{one.against}; near {one.near:.2f})")  # fmt: skip
    for course in [c for c in several.timeline if c.shift][:SHOWN]:
        turn = next(k for k, step in enumerate(course.steps) if step.move == "reversed")
        then, now = course.steps[turn - 1], course.steps[turn]
        yield (f"  shift of {course.actor}, {then.date} to {now.date}: {_short(then.says)} "
               f"-> {_short(now.says)}")  # fmt: skip
    for deed in several.words_and_actions[:SHOWN]:
        if deed.otherwise:
            yield (f"  {deed.actor}: its words ({deed.words[0]}) beside its actions "
                   f"({deed.otherwise[0]}): the opposite")  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79].rstrip() + "…"
