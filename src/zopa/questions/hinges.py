"""`hinges`: which assumptions decide the answers, and where they flip.

For every headline answer, and for a deal within `window`:

1. `first`, the first-order index of an input from the weighted draws at hand
   (`zopa.questions.sensitivity`): under everything that the weights reflect.
2. `total`, the total index of the group that the input belongs to, from a grouped Saltelli design
   (`zopa.questions.design`, `zopa.questions.totals`), under the prior: weights and ties break the
   independence that it needs.  The design is solved once for all answers.
3. An index whose interval covers all of [0, 1] is not given.
4. For the probability of a zone and of a deal within `window`: the value of the input with the
   largest first-order index at which the probability crosses 0.5, found by solving again
   (`zopa.questions.flips`).

Listed are the inputs that are a group of their own and those whose first-order index stands out
from the noise.  An answer that is undefined in some draws has no total index; whether it is defined
is an answer of its own, `<name>.defined`, once for several that are defined in the same draws.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.ensemble.solve import Parts
from zopa.questions import sensitivity, totals
from zopa.questions.design import FEWEST, Group, designed, grouped
from zopa.questions.flips import Flip, flip, hinge
from zopa.questions.headlines import Headline, headlines, within_window
from zopa.questions.outcome import NO_ONE, SAME
from zopa.questions.rests import Drivers, drivers, meaning, relevant
from zopa.questions.sensitivity import Index
from zopa.questions.study import Study
from zopa.questions.totals import Totals

Floats = NDArray[np.float64]
PRIOR = "under the prior"
WHY = ("weights of the draws (history, beliefs) and ties break the independence of the inputs that "
       "total indices need, so these are those of the prior, with tied inputs as one")
COVERS = "its interval covers all of [0, 1]"
_PARTS = Parts.BARGAIN | Parts.TIMING


def answer(study: Study, base: int | None = None) -> dict[str, Any] | None:
    """Answer -> its inputs with their indices, groups and flip; None where no input is uncertain.

    Args:
        study: with or without a war.
        base: points of the design's two halves, a power of two; its draws are base (groups + 2).
            By default a quarter of `Study.heavy`.
    """
    base = base or 1 << max(study.heavy // 4, FEWEST).bit_length() - 1
    found = relevant(study)
    if not found.paths:
        return None
    _solve(study)
    asked = _asked(study)
    causes = {one.name: drivers(study, one.ask(study)) for one in asked}
    groups = grouped(study.scenario, found, _scores(causes.values()))
    design = designed(study, groups, base)
    _solve(design)
    asked += _whether_defined(asked, study, design)
    method = {"first": sensitivity.ESTIMATOR, "total": totals.ESTIMATOR, "label": PRIOR,
              "why": WHY, "base": base, "groups": len(groups), "draws": len(design.draws),
              "level": totals.LEVEL}
    return {one.name: _answered(study, one, groups, totals.analyse(one.ask(design), len(groups)))
            | {"design": method} for one in asked}


def _solve(study: Study) -> None:
    """All that the answers need at once."""
    if study.scenario.war is not None:
        study.ensemble(_PARTS)


def _asked(study: Study) -> list[Headline]:
    found = [one for one in headlines(study) if one.name != "zone.share"]
    return found if study.scenario.war is None else [*found, within_window(study)]


def _whether_defined(asked: list[Headline], study: Study, design: Study) -> list[Headline]:
    """Whether an answer is defined, for those that are not in some draw; each pattern once."""
    found: list[Headline] = []
    seen: set[bytes] = set()
    for one in asked:
        missing = [np.isnan(one.ask(where)) for where in (study, design)]
        pattern = b"".join(part.tobytes() for part in missing)
        if any(part.any() for part in missing) and pattern not in seen:
            seen.add(pattern)
            found.append(one.defined)
    return found


def _scores(causes: Any) -> dict[str, float]:
    """Path -> its largest index of any answer, 0 within the noise."""
    score: dict[str, float] = {}
    for found in causes:
        for path, value in zip(found.inputs.paths, found.significant, strict=True):
            score[path] = max(score.get(path, 0.0), float(value))
    return score


def _answered(study: Study, one: Headline, groups: tuple[Group, ...],
              solved: Totals) -> dict[str, Any]:
    values = one.ask(study)
    causes = drivers(study, values)
    place = {path: n for n, group in enumerate(groups) for path in group.inputs}
    result: dict[str, Any] = {
        "varies": causes.varies, "total_reason": solved.reason,
        "inputs": {path: _input(study, values, causes, n, groups[place[path]],
                                None if solved.reason else solved.total[place[path]], solved.reason)
                   for n, path in enumerate(causes.inputs.paths)
                   if causes.significant[n] > 0.0
                   or (groups[place[path]].alone and solved.reason is None)},
        "groups": {} if solved.reason else {
            group.name: _group(group, solved.first[n], solved.total[n])
            for n, group in enumerate(groups)}}
    return result | _flips(study, one, values, causes)


def _input(study: Study, values: Floats, causes: Drivers, n: int, group: Group,
           total: Index | None, reason: str | None) -> dict[str, Any]:
    first = None
    if causes.varies:
        first = sensitivity.index(values, causes.inputs.samples[n], study.weight)
    path = causes.inputs.paths[n]
    return {"title": meaning(path), "tied": list(causes.inputs.tied[n]),
            "provenance": causes.inputs.provenance[n],
            **_plain("first", first, SAME), **_plain("total", total, reason),
            "group": None if group.alone else group.name}


def _group(group: Group, first: Index, total: Index) -> dict[str, Any]:
    return {"title": group.title, "inputs": len(group.inputs), "alone": group.alone,
            **_plain("first", first), **_plain("total", total)}


def _plain(key: str, found: Index | None, why: str | None = None) -> dict[str, Any]:
    """An index and its interval; null with the reason where the interval says nothing.

    Args:
        key: `first` or `total`.
        found: None where there is no index.
        why: the reason for that.
    """
    if found is None or not found.informative:
        return {key: None, f"{key}_interval": None,
                f"{key}_reason": why if found is None else COVERS}
    return {key: min(max(found.value, 0.0), 1.0),
            f"{key}_interval": {"low": found.low, "high": found.high}, f"{key}_reason": None}


def _flips(study: Study, one: Headline, values: Floats, causes: Drivers) -> dict[str, Any]:
    on = hinge(study, values, causes) if causes.varies else None
    moved = Flip(reason=None if not one.flips else NO_ONE if causes.varies else SAME)
    if on is not None and one.flips:
        moved = flip(study, one.ask, values, on)
    return {"hinge": None if on is None else on.path,
            "flips_at": None if moved.value is None else {
                "value": moved.value, "unit": moved.unit,
                "verified_probability": moved.probability,
                "between": None if moved.between is None else list(moved.between)},
            "flips_reason": moved.reason}
