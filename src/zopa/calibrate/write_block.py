"""Fitted numbers written into a scenario file, and their joint draws beside it.

1. Every path that a posterior has must stand in the text; its value, and nothing else, is replaced
   by the quantiles of its column with `posterior` and `source`.  A comment inside the value goes
   with it, all other comments and the order stay.
2. `calibrations` gets the name and the hash of the file of draws, `sources` the source of the data
   unless the scenario has one that is named.
3. The result is checked as `zopa check` does, and must be the scenario before but for these parts.
4. Both files are written, or neither.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from zopa.calibrate.posterior import Posterior
from zopa.core.distribution import LEVELS
from zopa.core.errors import InputError
from zopa.core.posterior import Floats
from zopa.reading.insertion import inserted, refused
from zopa.scenario import check
from zopa.scenario.document import compose
from zopa.scenario.load import parsed
from zopa.scenario.posteriors import posteriors
from zopa.scenario.quantities import preferred_unit, quantity
from zopa.scenario.schema import Scenario
from zopa.scenario.source import examples, from_text
from zopa.scenario.source import read as read_source

DIGITS = 4
YEAR = re.compile(r"\b(1[89]|20)\d\d\b")


@dataclass(frozen=True)
class Block:
    """What a calibration writes.

    Attributes:
        text: of the scenario, with the fitted numbers.
        draws: text of the file of draws.
        file: name of that file.
    """

    text: str
    draws: str
    file: str


def quantiles(column: Floats) -> list[float]:
    """What a scenario states of a fitted number: its values at `LEVELS`, rounded."""
    return [float(f"{value:.{DIGITS}g}") for value in np.quantile(column, LEVELS).tolist()]


def provenance(posterior: Posterior) -> str:
    """What a number was fitted to, and how, in a sentence."""
    source = posterior.source
    files = ", ".join(f"{name} (SHA-256 {digest[:12]})" for name, digest in source.files)
    cases = f", {source.cases} cases" if source.cases is not None else ""
    return (f"{source.model}; {files}, {source.first} to {source.last}{cases}; "
            f"zopa {source.version}, seed {source.seed}")


def block(text: str, name: str, posterior: Posterior, cite: str | None = None) -> Block:
    """The text of a scenario with a posterior's numbers in it.

    Args:
        text: of the scenario.
        name: its file, for messages and for the name of the file of draws.
        posterior: what was fitted.
        cite: key of an entry of `sources` that the numbers cite; without it, one is written.

    Raises:
        InputError: a path does not stand in the text, or the result would not check.
    """
    before = parsed(compose(text, name))
    if cite is not None and cite not in before.sources:
        raise refused(name, f"it has no source '{cite}'", "Give a key of its `sources`.")
    key = cite or f"calibration-{posterior.name}"
    file = f"{Path(name).stem}.{posterior.name}.json"
    draws = posterior.to_json()
    entries: dict[str, Any] = {f"calibrations.{posterior.name}": {
        "draws": file, "sha256": hashlib.sha256(draws.encode()).hexdigest()}}
    if cite is None:
        entries[f"sources.{key}"] = _source(posterior)
    fresh = {path: _number(before, posterior, path, key) for path in posterior.columns}
    for path, entry in entries.items():
        part, _, own = path.partition(".")
        if own not in getattr(before, part):
            text = inserted(text, part, {own: 0}, name)
        fresh[path] = _flow(entry)
    result = Block(_replaced(text, name, fresh), draws, file)
    _check(result, name, before, posterior, tuple(fresh))
    return result


def write(path: str | Path, posterior: Posterior, cite: str | None = None) -> Path:
    """Write a posterior's numbers into a scenario file, and its draws beside it.

    Args:
        path: of the scenario's file.
        posterior, cite: as for `block`.

    Returns:
        The file of draws.

    Raises:
        InputError: as for `block`; it is a shipped example; a file cannot be written (then both
            are as before).
    """
    if str(path) in examples():
        raise refused(str(path), "it is a shipped example, which is not written into",
                      f"`zopa new my.yaml --like {path}` makes a copy.")
    path = Path(path)
    made = block(read_source(path).text, str(path), posterior, cite)
    beside = path.parent / made.file
    old = beside.read_bytes() if beside.is_file() else None
    try:
        _put(beside, made.draws)
        try:
            _put(path, made.text)
        except OSError:
            if old is None:
                beside.unlink(missing_ok=True)
            else:
                beside.write_bytes(old)
            raise
    except OSError as error:
        raise refused(str(path), f"it cannot be written ({error.strerror})",
                      "Check who may write there. Nothing was changed.") from None
    return beside


def _put(path: Path, text: str) -> None:
    """A whole file at once: a reader sees the old one or the new one."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(text.encode())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _number(scenario: Scenario, posterior: Posterior, path: str, key: str) -> str:
    row = quantity(path)
    position = scenario.war.position.unit if scenario.war is not None else None
    unit = preferred_unit(row, scenario.period, position) if row is not None else "1"
    return _flow({"quantiles": quantiles(posterior.column(path)), "posterior": posterior.name,
                  "unit": unit, "source": {"calibrated": provenance(posterior), "cite": key}})


def _source(posterior: Posterior) -> dict[str, Any]:
    source = posterior.source
    year = YEAR.search(source.citation)
    return {"title": source.citation, "author": re.split(r"[(:]", source.citation)[0].strip(" ,."),
            "year": int(year[0]) if year else source.last.year, "licence": source.licence}


def _flow(value: Any) -> str:
    """Plain data in YAML's flow style, texts in double quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def _replaced(text: str, name: str, fresh: Mapping[str, str]) -> str:
    """The text with the values at some paths replaced.

    Raises:
        InputError: a path does not stand in it.
    """
    spans = dict(_spans(text))
    for path in fresh:
        if path not in spans:
            raise refused(name, f"it has no {path}, which the calibration fits",
                          "Add it with any number; the calibration replaces that.")
    for path in sorted(fresh, key=lambda path: spans[path], reverse=True):
        start, end = spans[path]
        text = text[:start] + fresh[path] + text[end:]
    return text


def _spans(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Path -> where its value starts and ends in the text."""
    from ruamel.yaml import YAML

    yield from _walk(YAML(typ="rt", pure=True).compose(text), "")


def _walk(node: Any, prefix: str) -> Iterator[tuple[str, tuple[int, int]]]:
    if node is None or isinstance(node.value, str):
        return
    for place, entry in enumerate(node.value):
        pair = isinstance(entry, tuple)
        path = f"{prefix}{_key(entry[0].value) if pair else place}"
        value = entry[1] if pair else entry
        yield path, (value.start_mark.index, _end(value))
        yield from _walk(value, f"{path}.")


def _key(text: str) -> str:
    """A key as it stands in paths: a change in cells `+1` is `1`."""
    return str(int(text)) if re.fullmatch(r"[-+]?[0-9]{1,9}", text) else text


def _end(node: Any) -> int:
    """Where the last character of a value stands (a block ends with its last value)."""
    if isinstance(node.value, str) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _check(made: Block, name: str, before: Scenario, posterior: Posterior,
           paths: tuple[str, ...]) -> None:
    """Whether the result checks, and nothing else in it changed."""
    after = parsed(compose(made.text, name))
    after._origin = from_text(made.text, name)
    others = {key: entry for key, entry in after.calibrations.items() if key != posterior.name}
    at_hand = dict(posteriors(after.model_copy(update={"calibrations": others})))
    after._posteriors = at_hand | {posterior.name: posterior}
    wrong = next((f for f in check.findings(after) if f.severity == "error"), None)
    if wrong is not None:
        raise refused(name, f"with these numbers it would not check: {wrong.what.rstrip('.')}",
                      f"{wrong.mend} Nothing was written.".strip())
    old, new = before.model_dump(), after.model_dump()
    for path in paths:
        for tree in (old, new):
            _drop(tree, path.split("."))
    if old != new:
        raise InputError([*refused(name, "writing the numbers would change something else in it",
                                   "Write its values without aliases.").problems])


def _drop(tree: Any, names: list[str]) -> None:
    """Take one entry out of nested data, where it stands."""
    for part in names[:-1]:
        tree = tree[part] if isinstance(tree, dict) and part in tree else (
            tree[int(part)] if isinstance(tree, dict) and part.lstrip("-").isdecimal()
            and int(part) in tree else {})
    if isinstance(tree, dict):
        last = names[-1]
        tree.pop(int(last) if last.lstrip("-").isdecimal() and int(last) in tree else last, None)
