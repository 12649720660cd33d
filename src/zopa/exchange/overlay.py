"""One party's confidential numbers, in a file apart from the scenario that is shared.

    zopa_private: 1
    party: north
    key: 5f0c...                       # random; leave it out, and no digest is recorded
    values:
      disagreement.north: 0.37
      war.costs.north.base: {range: [0.01, 0.02], source: {judgement: Our own budget.}}

Paths are those of numbers that stand in the shared scenario, whose values there are placeholders.

A digest of the values tells later which overlay was used.  A plain hash of a small secret can be
guessed by trying values, and so can a salted one whose salt is known; so it is HMAC-SHA256 under
the overlay's own key, which is recorded nowhere, and without a key there is none.

Reference: Krawczyk, Bellare and Canetti (1997), RFC 2104, for HMAC.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from zopa.core.errors import ArgumentError, InputError, Problem
from zopa.scenario import check, source
from zopa.scenario.document import Document, compose
from zopa.scenario.inputs import inputs
from zopa.scenario.number import Number
from zopa.scenario.patch import did_you_mean, replace_at
from zopa.scenario.schema import Scenario

VERSION = 1
KEYS = ("zopa_private", "party", "key", "values")
SHORTEST = 16
"""Characters that a key has at least."""


@dataclass(frozen=True)
class Overlay:
    """A private overlay.

    Attributes:
        name: of the file, for messages.
        party: whose numbers they are.
        values: path -> a number as in a scenario.
        digest: HMAC of the values; None without a key.
        where: path -> its place in the file.
    """

    name: str
    party: str
    values: dict[str, Any]
    digest: str | None
    where: dict[str, str]


def read(path: str | Path) -> Overlay:
    """An overlay from its file.

    Raises:
        InputError: what cannot be read, every fault with its place.
    """
    origin = source.read(path)
    return parse(origin.text, str(path))


def parse(text: str, name: str) -> Overlay:
    """The text of an overlay.

    Raises:
        InputError: as `read`.
    """
    document = compose(text, name)
    data = document.data
    if not isinstance(data, dict) or data.get("zopa_private") != VERSION:
        raise InputError([Problem(f"{name}:1:1", "it is not a private overlay",
                                  f"It begins with `zopa_private: {VERSION}`.")])
    problems = [Problem(document.where((key,)), f"there is no key '{key}' here",
                        did_you_mean(str(key), KEYS).strip()) for key in data if key not in KEYS]
    party, values, key = data.get("party"), data.get("values"), data.get("key")
    if not isinstance(party, str) or not party:
        problems.append(Problem(document.where(("party",)), "`party` must name a party"))
    if not isinstance(values, dict) or not values:
        problems.append(Problem(document.where(("values",)),
                                "`values` must be a mapping of paths to numbers"))
    if key is not None and (not isinstance(key, str) or len(key) < SHORTEST):
        problems.append(Problem(
            document.where(("key",)), f"`key` must be a text of {SHORTEST} characters or more",
            "`openssl rand -hex 16` prints one; put it in quotes. Or leave it out."))
    if problems:
        raise InputError(problems)
    assert isinstance(values, dict)
    return Overlay(name, str(party), values, _digest(values, key),
                   {path: _place(document, path) for path in values})


def laid_over(scenario: Scenario, overlays: Sequence[Overlay]) -> Scenario:
    """The scenario with private numbers in the place of its own; checked.

    Args:
        scenario: the shared one.
        overlays: of one party or several.

    Raises:
        InputError: a path or party that is not there, a number that cannot stand there, or two
            overlays of the same number.
    """
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    there = inputs(scenario)
    changed = scenario
    for overlay in overlays:
        if overlay.party not in scenario.parties:
            problems.append(Problem(overlay.name, f"there is no party '{overlay.party}' in the "
                                    "scenario", did_you_mean(overlay.party,
                                                             list(scenario.parties)).strip()))
        for path, value in overlay.values.items():
            where = overlay.where[path]
            if path in seen:
                problems.append(Problem(where, f"{path} stands in {seen[path]} too",
                                        "Keep it in one overlay."))
            elif path not in there:
                problems.append(Problem(
                    where, f"{path} is not a number of the scenario",
                    (did_you_mean(path, list(there)) or " Put a placeholder there.").strip()))
            else:
                try:
                    changed = replace_at(changed, path, _number(value))
                except ArgumentError as error:
                    problems.append(Problem(where, f"{path}: {error}"))
            seen[path] = overlay.name
    if problems:
        raise InputError(problems)
    wrong = [finding for finding in check.findings(changed) if finding.severity == "error"]
    if wrong:
        name = ", ".join(overlay.name for overlay in overlays)
        raise InputError([Problem(f"{name}, {finding.path}", finding.what, finding.mend)
                          for finding in wrong])
    return changed


def recorded(overlays: Sequence[Overlay]) -> list[dict[str, Any]]:
    """What a manifest says of overlays: whose, which paths, and a digest if there is a key."""
    return [{"party": overlay.party, "paths": sorted(overlay.values),
             "hmac_sha256": overlay.digest} for overlay in overlays]


def _number(value: Any) -> Number | float:
    """A number as a scenario has it.

    Raises:
        ArgumentError: it is none.
    """
    if isinstance(value, dict):
        try:
            return Number.model_validate(value)
        except ValidationError as error:
            raise ArgumentError(f"{error.errors()[0]['msg']}.") from None
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    raise ArgumentError("it must be a number, or a mapping such as {range: [0.2, 0.4]}.")


def _digest(values: dict[str, Any], key: str | None) -> str | None:
    if key is None:
        return None
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def _place(document: Document, path: str) -> str:
    return document.where(("values", path))
