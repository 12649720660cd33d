"""What answers rest on: the inputs that drive them, and where those come from.

1. The first-order index of every uncertain input that the answer can depend on
   (`zopa.questions.sensitivity`); inputs that are tied count once.
2. Indices within three standard deviations of the noise of an input that does not matter are
   taken for 0.
3. They are added up by the provenance of the input: `judgement`, `cited`, `calibrated`.  What is
   left to 1, interactions and what is within the noise, is `unexplained`.

An input without a source counts as judgement; of tied inputs the weakest source counts.  The
inputs of one calibration depend on one another, so that each index holds what it shares with them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zopa.core import words
from zopa.questions.sensitivity import classes, first_order, noise
from zopa.questions.spread import defined, effective
from zopa.questions.study import Study
from zopa.scenario.inputs import inputs, written
from zopa.scenario.number import Calibrated, Cite, Number
from zopa.scenario.quantities import quantity
from zopa.scenario.schema import Scenario

Floats = NDArray[np.float64]
KINDS = ("judgement", "cited", "calibrated")
DEVIATIONS = 3.0
_APART = ("levers", "offers", "history")
_UNUSED = ("war.position.targets.", "war.losses.")


@dataclass(frozen=True, eq=False)
class Inputs:
    """The uncertain inputs of a study, tied ones once.

    Attributes:
        paths: sorted; of tied inputs the first, of a lever's, an offer's or a past state's and
            another's the other.
        tied: for each path the others that share its coordinate.
        samples: `(input, draw)`.
        provenance: for each path one of `KINDS`.
    """

    paths: tuple[str, ...]
    tied: tuple[tuple[str, ...], ...]
    samples: Floats
    provenance: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Drivers:
    """First-order indices of one answer.

    Attributes:
        inputs: those it can depend on.
        index: `(input,)`, S as estimated.
        noise: standard deviation of S for an input that does not matter.
        varies: whether the answer differs between draws at all.
        grounds: what all numbers it can depend on rest on, as of `grounds`.
    """

    inputs: Inputs
    index: Floats
    noise: float
    varies: bool
    grounds: Mapping[str, float]

    @property
    def significant(self) -> Floats:
        """`(input,)`: S, 0 where it is within the noise."""
        return np.where(self.index > DEVIATIONS * self.noise, self.index, 0.0)

    def shares(self) -> dict[str, float]:
        """Provenance -> share of the variance, with `unexplained`; they sum to 1."""
        sums = {kind: float(sum(s for s, own in zip(
            self.significant, self.inputs.provenance, strict=True) if own == kind))
            for kind in KINDS}
        total = sum(sums.values())
        if total > 1.0:
            sums = {kind: value / total for kind, value in sums.items()}
        return {**sums, "unexplained": max(0.0, 1.0 - sum(sums.values()))}

    def confidence(self) -> str:
        """Low, medium or high (`zopa.core.words`).

        A cited utility is a published expert score, any other citation data.  Where the answer
        varies but no input stands out, what drives it is not known: low.  Where it is the same in
        every draw, all the numbers together carry it, the known ones too.
        """
        found = self.significant
        if not self.varies:
            return words.confidence(self.grounds)
        if not found.any():
            return "low"
        kinds = dict.fromkeys(("data", "expert", "judgement"), 0.0)
        for path, own, share in zip(self.inputs.paths, self.inputs.provenance, found, strict=True):
            kinds[_ground(path, own)] += float(share)
        return words.confidence(kinds)


def grounds(scenario: Scenario, names: Iterable[str] = ()) -> dict[str, float]:
    """How many numbers of a scenario rest on data, on expert scores and on judgement.

    Args:
        scenario: its written numbers count, known ones too.
        names: levers and offers whose numbers count; those of others do not.
    """
    chosen, found = set(names), dict.fromkeys(("data", "expert", "judgement"), 0.0)
    for path, number in written(scenario).items():
        if _used(path, chosen):
            found[_ground(path, _kind(number))] += 1.0
    return found


def uncertain(study: Study) -> Inputs:
    """Every uncertain input that anything can depend on."""
    return study.keep("inputs", lambda: _uncertain(study))


def relevant(study: Study, names: Iterable[str] = ()) -> Inputs:
    """The uncertain inputs that an answer can depend on which names these levers and offers, and
    on the levers that are on."""
    chosen = set(names) | set(dict(study.on))
    every = uncertain(study)
    kept = [n for n, path in enumerate(every.paths) if _used(path, chosen)]
    return Inputs(tuple(every.paths[n] for n in kept), tuple(every.tied[n] for n in kept),
                  every.samples[kept], tuple(every.provenance[n] for n in kept))


def drivers(study: Study, answer: Floats, names: Iterable[str] = ()) -> Drivers:
    """First-order indices of an answer.

    Args:
        study: its draws and weights.
        answer: `(draw,)`, NaN where undefined.
        names: levers and offers that the answer depends on; inputs of others are left out.
    """
    used = relevant(study, names)
    known, share = defined(answer, study.weight)
    n = max(effective(share), 1.0)
    varies = bool(len(known)) and float(np.ptp(known)) > 1e-12
    index = first_order(answer, used.samples, study.weight) if varies else np.zeros(len(used.paths))
    return Drivers(used, index, noise(n, classes(n)), varies,
                   grounds(study.scenario, names))


def together(shares: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The mean of several answers' shares; all unexplained where there is none."""
    every = list(shares)
    kinds = (*KINDS, "unexplained")
    if not every:
        return {kind: float(kind == "unexplained") for kind in kinds}
    return {kind: sum(share[kind] for share in every) / len(every) for kind in kinds}


def _uncertain(study: Study) -> Inputs:
    numbers = inputs(study.scenario)
    groups: dict[str, list[str]] = {}
    for path in sorted(study.draws.names):
        if _idle(path) or path not in numbers:
            continue
        groups.setdefault(_end(path, numbers), []).append(path)
    members = {group[0]: group for group in (
        sorted(group, key=lambda path: (path.split(".")[0] in _APART, path))
        for group in groups.values())}
    paths = sorted(members)
    samples = np.array([study.draws[path] for path in paths]).reshape(len(paths), len(study.draws))
    return Inputs(tuple(paths), tuple(tuple(members[path][1:]) for path in paths), samples,
                  tuple(_weakest([numbers[name] for name in members[path]]) for path in paths))


def _idle(path: str) -> bool:
    """Whether nothing is computed from a number."""
    return path.startswith(_UNUSED) or path.endswith(".volume")


def _used(path: str, chosen: Collection[str]) -> bool:
    """Whether an answer that names these levers and offers can depend on a number."""
    head, *rest = path.split(".")
    return not _idle(path) and (head not in _APART or rest[0] in chosen)


def _ground(path: str, kind: str) -> str:
    """A cited utility is a published expert score, any other citation data."""
    if kind == "judgement":
        return kind
    return "expert" if kind == "cited" and path.startswith("issues.") else "data"


def _end(path: str, numbers: Mapping[str, Number]) -> str:
    while (target := numbers[path].tied) is not None:
        path = target
    return path


def _weakest(numbers: list[Number]) -> str:
    found = {_kind(number) for number in numbers}
    return next(kind for kind in ("judgement", "calibrated", "cited") if kind in found)


def _kind(number: Number) -> str:
    if isinstance(number.source, Cite):
        return "cited"
    return "calibrated" if isinstance(number.source, Calibrated) else "judgement"


def meaning(path: str) -> str:
    """What an input is, in a few words; the path where no table says so."""
    row = quantity(path)
    return row.meaning if row else path
