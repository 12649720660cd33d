"""Which inputs go together in the design of total indices, and the draws of that design.

1. The inputs are those that an answer at the present state can depend on; tied ones are one
   coordinate, that of the input at the end of their ties.  Those of one calibration are one
   coordinate too, and a group of their own.
2. The `ALONE` inputs with the largest first-order index of any headline answer are groups of their
   own (of those that stand out from the noise).
3. The others go by the part of the scenario that they belong to.  The `PARTS` parts whose inputs
   have the largest sum of such indices are a group each, of several within rounding the first by
   name; what is left is one group.
4. A and B are the two halves of the columns of scrambled Sobol sequences of their own
   (`zopa.draws.sobol.scrambled`), `BASE` points; the draws are `BASE` (G + 2) for G groups.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zopa.draws.sobol import at_points, end_of_ties, free, scrambled
from zopa.questions.rests import Inputs, meaning
from zopa.questions.study import Study
from zopa.questions.totals import saltelli
from zopa.scenario.inputs import inputs
from zopa.scenario.schema import Scenario

Floats = NDArray[np.float64]
ALONE = 5
PARTS = 6
BASE = 64
FEWEST = 8
"""Points of A and of B, a power of two."""
OTHERS = "others"
_TITLES = {
    "weights": "weights of the issues", "interactions": "utilities that options add together",
    "disagreement": "values of no agreement", "parties": "discount factors and groups",
    "moves": "momentum and moves of the position", "support": "support by patrons",
    "costs": "costs of war", "hazards": "hazards of collapse", "resolve": "private resolve",
    "terminal": "utilities of victory and defeat", "beliefs": "beliefs", "talks": "talks",
    "enforcement": "enforcement", "floors": "ratification floors", OTHERS: "all other inputs"}


@dataclass(frozen=True)
class Group:
    """Inputs that the design exchanges together.

    Attributes:
        name: the path of an input that is alone, else the part of the scenario.
        title: in a few words.
        inputs: their paths, sorted; of tied inputs the one that stands for them.
    """

    name: str
    title: str
    inputs: tuple[str, ...]

    @property
    def alone(self) -> bool:
        """Whether it is a single input (with those tied to it)."""
        return len(self.inputs) == 1


def grouped(scenario: Scenario, found: Inputs, score: Mapping[str, float]) -> tuple[Group, ...]:
    """The groups of a design: first the inputs that are alone, then the parts, then the others.

    Args:
        scenario: for the titles of issues.
        found: the inputs to be grouped.
        score: path -> largest first-order index of any answer, 0 where none stands out.
    """
    numbers = inputs(scenario)
    fitted: dict[str, list[str]] = {}
    for path in found.paths:
        if (shared := numbers[path].posterior) is not None:
            fitted.setdefault(shared, []).append(path)
    single = [path for path in found.paths if numbers[path].posterior is None]
    rank = sorted((path for path in single if score.get(path, 0.0) > 0.0),
                  key=lambda path: (-round(score[path], 9), path))
    alone = sorted(rank[:ALONE])
    parts: dict[str, list[str]] = {}
    for path in sorted(set(single) - set(alone)):
        parts.setdefault(part(path), []).append(path)
    order = sorted(parts, key=lambda name: (
        -round(sum(score.get(path, 0.0) for path in parts[name]), 9), name))
    kept, left = order[:PARTS], order[PARTS:]
    if len(left) == 1:
        kept, left = order, []
    groups = [Group(path, meaning(path), (path,)) for path in alone]
    groups += [Group(f"calibrations.{name}", f"the calibration {name}", tuple(sorted(paths)))
               for name, paths in sorted(fitted.items())]
    groups += [_group(scenario, name, parts[name]) for name in sorted(kept)]
    if left:
        groups.append(_group(scenario, OTHERS, sorted(p for name in left for p in parts[name])))
    return tuple(groups)


def part(path: str) -> str:
    """The part of the scenario that an input belongs to; of an issue `issues.<name>`."""
    head, *rest = path.split(".")
    if head == "issues":
        return "weights" if rest[1] == "weights" else f"issues.{rest[0]}"
    if head == "war":
        return "moves" if rest[0] in ("position", "momentum") else rest[0]
    return head


def designed(study: Study, groups: tuple[Group, ...], base: int = BASE) -> Study:
    """The study of the design's draws, of equal weight: nothing but the prior."""
    scenario = (study.before or study).scenario

    def make() -> Study:
        points = saltelli(*halves(scenario, base, study.draws.seed), columns(scenario, groups))
        drawn = at_points(scenario, points, study.draws.seed)
        return Study(scenario, drawn).switched(study.on)

    return study.keep(("design", groups, base), make)


def halves(scenario: Scenario, base: int, seed: int) -> tuple[Floats, Floats]:
    """A and B, `(base, input)` each."""
    count = len(free(scenario))
    both = scrambled(2 * count, base, seed)
    return both[:, :count], both[:, count:]


def columns(scenario: Scenario, groups: tuple[Group, ...]) -> list[list[int]]:
    """The coordinates of every group."""
    numbers = inputs(scenario)
    place = {path: column for column, path in enumerate(free(scenario))}
    return [list(dict.fromkeys(place[end_of_ties(path, numbers)] for path in group.inputs))
            for group in groups]


def _group(scenario: Scenario, name: str, paths: list[str]) -> Group:
    if len(paths) == 1:
        return Group(paths[0], meaning(paths[0]), (paths[0],))
    head, _, issue = name.partition(".")
    title = f"values of {scenario.issues[issue].title}" if head == "issues" else _TITLES.get(
        name, name)
    return Group(name, title, tuple(paths))
