"""The joint posterior draws that a scenario names: found, compared with their hash, kept.

A file is looked for beside the scenario's own, then among those that came with the shipped
examples, so that a copy of an example finds its draws.  What counts is the hash: a file that was
altered is not used.  Files are read once a scenario, when it is checked or first drawn from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from zopa.core.errors import InputError, Problem
from zopa.core.posterior import Posterior
from zopa.scenario.document import MOST_BYTES
from zopa.scenario.schema import Calibration, Scenario
from zopa.scenario.source import EXAMPLES


def posteriors(scenario: Scenario) -> Mapping[str, Posterior]:
    """Name of a calibration -> its draws, for all of the scenario's.

    Raises:
        InputError: a file is missing, altered, or holds no draws; every one of them.
    """
    if not scenario.calibrations:
        return {}
    if scenario._posteriors is None:
        found: dict[str, Posterior] = {}
        problems: list[Problem] = []
        for name, entry in scenario.calibrations.items():
            try:
                found[name] = _read(scenario, name, entry)
            except InputError as error:
                problems += error.problems
        if problems:
            raise InputError(problems)
        scenario._posteriors = found
    return scenario._posteriors


def with_posteriors(scenario: Scenario, given: Mapping[str, Posterior]) -> Scenario:
    """A copy that has these draws at hand, whatever its files say (for a scenario in memory)."""
    copy = scenario.model_copy()
    copy._posteriors = dict(given)
    return copy


def _read(scenario: Scenario, name: str, entry: Calibration) -> Posterior:
    where = f"calibrations.{name}"
    altered = False
    for path in _places(scenario, entry.draws):
        try:
            if not path.is_file():
                continue
            if path.stat().st_size > MOST_BYTES:
                raise _wrong(where, f"{path.name} has more than the {MOST_BYTES} bytes allowed")
            raw = path.read_bytes()
        except OSError as error:
            raise _wrong(where, f"{path.name} cannot be read ({error.strerror})") from None
        if hashlib.sha256(raw).hexdigest() == entry.sha256:
            return Posterior.from_json(raw.decode("utf-8", "replace"), entry.draws)
        altered = True
    if altered:
        raise _wrong(where, f"{entry.draws} is not the file of draws that the scenario was written "
                     "with: its SHA-256 is another")
    raise _wrong(where, f"the file of draws {entry.draws} is not there")


def _places(scenario: Scenario, file: str) -> Iterator[Path]:
    if scenario.origin is not None:
        yield Path(scenario.origin.path).parent / file
    yield EXAMPLES / file


def _wrong(where: str, what: str) -> InputError:
    return InputError([Problem(where, what, "Put the file that came with the scenario beside it, "
                               "or calibrate again with `zopa calibrate`.")])
