"""Non-linear Genius profiles: utility as a sum of hyper-rectangles.

    u(package) = (sum of the utilities of the rectangles that hold it) / maxutility

A rectangle bounds some issues of whole numbers; it holds a package iff all bounds do
(`INCLUDES`), or iff not all of them do (`EXCLUDES`).  Functions inside a function count with their
weight.  Genius cuts utilities at 1, which matters only where `maxutility` is less than what the
best package has; nothing is cut here.

Reference: Ito, Hattori and Klein (2007), IJCAI, 1347-1352.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from zopa.exchange.elements import Element
from zopa.exchange.evaluators import Scale
from zopa.exchange.raw import number, wrong

Boxes = dict[tuple[tuple[int, tuple[int, ...]], ...], float]
"""Issues with the options allowed on each -> utility added."""


def boxes(utility: Element, shown: str, issues: Sequence[Scale], indices: Mapping[str, int],
          notes: list[str]) -> tuple[Boxes, float]:
    """Boxes of one profile and its constant.

    Args:
        utility: the element that holds `<ufun>`.
        issues: the options of every issue.
        indices: Genius's number of an issue -> its place.

    Raises:
        InputError: an aggregation other than the sum, an unknown issue, or one without numbers.
    """
    largest = utility.get("maxutility")
    scale = number(largest, f"{shown}:{utility.line}", "`maxutility`") if largest else 0.0
    if scale <= 0.0:
        notes.append(f"{Path(shown).name}: no `maxutility` above 0; utilities are those of the "
                     "rectangles, not divided.")
        scale = 1.0
    found: Boxes = {}
    base = sum(_function(ufun, 1.0 / scale, shown, issues, indices, found)
               for ufun in utility.named("ufun")[:1])
    return found, base


def _function(ufun: Element, factor: float, shown: str, issues: Sequence[Scale],
              indices: Mapping[str, int], found: Boxes) -> float:
    """Adds a function's boxes to `found`; its constant."""
    where = f"{shown}:{ufun.line}"
    aggregation = (ufun.get("aggregation") or "sum").strip().lower()
    parts = [child for child in ufun.children if child.tag in ("hyperrectangle", "ufun")]
    if aggregation != "sum" and len(parts) > 1:
        raise wrong(where, f"its hyper-rectangles are aggregated by '{aggregation[:20]}'",
                    "Only sums are read; state the profile as a sum.")
    base = 0.0
    for child in parts:
        weight = child.get("weight")
        times = factor * (number(weight, f"{shown}:{child.line}", "a weight") if weight else 1.0)
        if child.tag == "ufun":
            base += _function(child, times, shown, issues, indices, found)
        else:
            base += _rectangle(child, times, shown, issues, indices, found)
    return base


def _rectangle(element: Element, factor: float, shown: str, issues: Sequence[Scale],
               indices: Mapping[str, int], found: Boxes) -> float:
    where = f"{shown}:{element.line}"
    utility = factor * number(element.get("utility") or element.get("utility_function"), where,
                              "the utility of a hyper-rectangle")
    excludes = element.named("excludes")
    bounds = excludes or element.named("includes")
    if not bounds:
        return utility
    held: dict[int, set[int]] = {}
    for bound in bounds:
        issue, options = _bound(bound, f"{shown}:{bound.line}", issues, indices)
        held[issue] = held.get(issue, options) & options
    empty = not all(held.values())
    if not empty:
        key = tuple((issue, tuple(sorted(held[issue]))) for issue in sorted(held))
        found[key] = found.get(key, 0.0) + (-utility if excludes else utility)
    return utility if excludes else 0.0


def _bound(bound: Element, where: str, issues: Sequence[Scale], indices: Mapping[str, int]
           ) -> tuple[int, set[int]]:
    index = (bound.get("index") or "").strip()
    if index not in indices:
        raise wrong(where, f"a hyper-rectangle bounds the issue of index '{index[:20]}', which "
                    "the domain does not have", f"It has {', '.join(indices)}.")
    values = issues[indices[index]].values
    if values is None:
        raise wrong(where, f"a hyper-rectangle bounds the issue of index '{index}', whose options "
                    "are not numbers", "Only issues of whole or real numbers can be bounded.")
    low = number(bound.get("min"), where, "`min`")
    high = number(bound.get("max"), where, "`max`")
    return indices[index], set(map(int, np.flatnonzero((values >= low) & (values <= high))))
