"""A mediator's single text: improvements of one package, step by step, in which nobody loses.

From a starting package, with g_i the gain of party i and range_i the range of its utility,

    joint gain of a step = sum over parties of g_i / range_i.

1. Of all changes of one issue in which nobody loses and the joint gain is positive, take the one
   with the greatest joint gain; of equals the one whose smallest g_i / range_i is largest; of these
   the first in the order of issues and options.
2. Where there is none, do the same with changes of two issues at once: a party gives on one and
   gains on the other (logrolling).  After such a step go on with 1.
3. Where there is none either, the text stands.  What is left is said: whether it is on the
   frontier, whether changes of three issues would still help, and which pairs of issues nearly
   trade.

The steps end, since the sum of u_i / range_i grows by more than `LEAST` in each of them.  Dividing
by each party's range is a convention: it does not depend on anybody's unit, but a party that cares
little about everything counts as much as one that cares a lot.  Constraints and rules are
respected; nothing is enumerated beyond the changes themselves.

References: Fisher (1978), International Mediation: A Working Guide, for the one-text procedure;
Raiffa (1982), The Art and Science of Negotiation, ch. 14-17, for joint gains from a single text;
Howard (1971), Paradoxes of Rationality, for improvements open to all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zopa.agreement.space import Booleans, Floats, Integers
from zopa.spaces.domain import Domain
from zopa.spaces.efficient import Efficient
from zopa.spaces.neighbours import Neighbours, around
from zopa.spaces.ranges import in_ranges, ranges
from zopa.spaces.starts import start as find_start

LEAST = 1e-9
"""A joint gain counts from here, in ranges."""
ROUNDING = 1e-12
"""A gain or loss smaller than this part of a range is none."""
TRIPLES = 2_000_000
"""Changes of three issues looked at, at most."""
NEARLY = 5
"""Pairs of issues named that nearly trade."""
CONVENTION = ("A step's joint gain is the sum of the parties' gains, each divided by the range of "
              "its own utility over all packages, so that nobody's unit counts for more.")


@dataclass(frozen=True)
class Change:
    """One issue put from one option to another, all by their index."""

    issue: int
    before: int
    after: int


@dataclass(frozen=True, eq=False)
class Step:
    """Changes made together.

    Attributes:
        changes: in the order of issues.
        gain: `(party,)`, change of utility.
        joint: sum of the gains, each in its party's range.
        apart: `(party, change)`, what each change brings when made alone.
        package: `(issue,)`, the package after it.
    """

    changes: tuple[Change, ...]
    gain: Floats
    joint: float
    apart: Floats
    package: Integers

    @property
    def together(self) -> Floats:
        """`(party,)`: what the changes bring beyond their sum, from rules on combinations."""
        rest = self.gain - self.apart.sum(axis=1)
        size = np.abs(self.apart).sum(axis=1) + np.abs(self.gain)
        together: Floats = np.where(np.abs(rest) <= ROUNDING * size, 0.0, rest)
        return together


@dataclass(frozen=True, eq=False)
class Left:
    """What is left when nobody can gain without a loss by one or two changes.

    Attributes:
        efficient: whether no package dominates the end; None where that is not known.
        better: the package of the known frontier that dominates it with the greatest joint gain,
            `(issue,)`; None where none does.
        better_gain: `(party,)`, its gains over the end.
        triple: the best change of three issues in which nobody loses; None where none was found.
        triples: how many changes of three issues were looked at.
        complete: whether these are all.
        nearly: for each pair of issues on which parties would trade, the change that costs the
            worst-off least; the smallest losses first.
    """

    efficient: bool | None
    better: Integers | None
    better_gain: Floats | None
    triple: Step | None
    triples: int
    complete: bool
    nearly: tuple[Step, ...]


@dataclass(frozen=True, eq=False)
class SingleText:
    """The text from its first to its last form.

    Attributes:
        domain: where.
        start: `(issue,)`.
        chosen: how the start was chosen, in a sentence.
        steps: what was changed.
        end: `(issue,)`.
        ranges: `(party,)`, the units of joint gains.
        exact_ranges: whether they are exact, or bounds.
        left: what is left.
    """

    domain: Domain
    start: Integers
    chosen: str
    steps: tuple[Step, ...]
    end: Integers
    ranges: Floats
    exact_ranges: bool
    left: Left


def single_text(domain: Domain, start: Integers | None = None, efficient: Efficient | None = None,
                triples: int = TRIPLES) -> SingleText:
    """The improvements from a package on.

    Args:
        domain: issues, options, utilities.
        start: `(issue,)`; by default the allowed package nearest to the disagreement point.
        efficient: the frontier, to compare the end with, where it is known.
        triples: how many changes of three issues to look at in the end.

    Raises:
        ArgumentError: the start is forbidden, or constraints leave no package.
    """
    fixed = None if start is None else {i: int(option) for i, option in enumerate(start)}
    begun = find_start(domain, fixed)
    span, exact = ranges(domain)
    package, steps = begun.package, []
    while (step := improvement(around(domain, package), span)) is not None:
        steps.append(step)
        package = step.package
    return SingleText(domain, begun.package, begun.chosen, tuple(steps), package, span, exact,
                      _left(domain, package, span, efficient, triples))


def improvement(near: Neighbours, span: Floats) -> Step | None:
    """The best change of one issue, else of two, in which nobody loses; None where there is none.

    Args:
        near: the changes of a package.
        span: `(party,)`, ranges.
    """
    for k in (1, 2):
        best = _Best(near, span)
        for sets in near.sets(k):
            best.look(sets)
        if best.found is not None:
            return step_of(near, best.found, span)
    return None


def step_of(near: Neighbours, changes: Integers, span: Floats) -> Step:
    """A set of changes, `(k,)`, with what it brings."""
    gain = _cleaned(near.gains(changes[None])[0], span)[:, 0]
    apart = _cleaned(near.gains(changes[:, None])[0], span)
    return Step(tuple(Change(int(near.issue[c]), int(near.package[near.issue[c]]),
                             int(near.option[c])) for c in changes),
                gain, float(in_ranges(gain, span).sum()), apart, near.changed(changes))


def _cleaned(gain: Floats, span: Floats) -> Floats:
    """Gains without what is only rounding."""
    return np.where(np.abs(gain) <= ROUNDING * span[:, None], 0.0, gain)


class _Best:
    """The best set of changes seen so far in which nobody loses."""

    def __init__(self, near: Neighbours, span: Floats) -> None:
        self.near, self.span = near, span
        self.found: Integers | None = None
        self.joint = self.worst = -np.inf

    def look(self, sets: Integers) -> None:
        """Look at more sets, `(set, k)`."""
        gain, allowed = self.near.gains(sets)
        share = in_ranges(_cleaned(gain, self.span), self.span)
        joint, worst = share.sum(axis=0), share.min(axis=0)
        held = np.flatnonzero(allowed & (worst >= 0.0) & (joint > LEAST))
        if not len(held):
            return
        held = held[joint[held] >= joint[held].max() - ROUNDING]
        held = held[worst[held] >= worst[held].max() - ROUNDING]
        first = held[0]
        if joint[first] > self.joint + ROUNDING or (
                joint[first] >= self.joint - ROUNDING and worst[first] > self.worst + ROUNDING):
            self.found = sets[first]
            self.joint, self.worst = float(joint[first]), float(worst[first])


def _left(domain: Domain, end: Integers, span: Floats, efficient: Efficient | None,
          triples: int) -> Left:
    """What is left at the end of the text."""
    near = around(domain, end)
    best, looked, complete = _Best(near, span), 0, True
    for sets in near.sets(3):
        if looked + len(sets) > triples:
            sets, complete = sets[:triples - looked], False
        if len(sets):
            best.look(sets)
        looked += len(sets)
        if not complete:
            break
    triple = None if best.found is None else step_of(near, best.found, span)
    known, better, gain = _against(domain, end, span, efficient)
    return Left(False if triple is not None else known, better, gain, triple, looked, complete,
                _nearly(near, span))


def _against(domain: Domain, end: Integers, span: Floats, efficient: Efficient | None
             ) -> tuple[bool | None, Integers | None, Floats | None]:
    """Whether the end is on the frontier, and the best package of it that dominates the end."""
    if efficient is None or not len(efficient.utility):
        return None, None, None
    here = domain.utilities(end[None])[:, 0]
    share = in_ranges(_cleaned((efficient.utility - here).T, span), span)
    over = np.flatnonzero((share.min(axis=0) >= 0.0) & (share.sum(axis=0) > LEAST))
    if len(over):
        at = over[int(np.argmax(share.sum(axis=0)[over].round(12)))]
        return False, efficient.packages[at], efficient.utility[at] - here
    above = in_ranges(_cleaned((efficient.upper - here).T, span), span)
    possible = (above.min(axis=0) >= 0.0) & (above.sum(axis=0) > LEAST)
    return (None if possible.any() else True), None, None


def _nearly(near: Neighbours, span: Floats) -> tuple[Step, ...]:
    """The pairs of issues that nearly trade, the smallest loss of the worst-off first."""
    alone = _cleaned(near.gains(np.arange(len(near.issue))[:, None])[0], span)
    count = len(near.domain.issues)
    best: dict[int, tuple[float, float, Integers]] = {}
    for sets in near.sets(2):
        gain, allowed = near.gains(sets)
        share = in_ranges(_cleaned(gain, span), span)
        joint, worst = share.sum(axis=0), share.min(axis=0)
        kept = np.flatnonzero(allowed & (joint > LEAST) & (worst < 0.0) & trades(alone, sets))
        order = kept[np.lexsort((-joint[kept].round(12), -worst[kept].round(12)))]
        pair = near.issue[sets[order, 0]] * count + near.issue[sets[order, 1]]
        _, first = np.unique(pair, return_index=True)
        for n in first:
            at, key = order[n], int(pair[n])
            entry = (float(worst[at]), float(joint[at]), sets[at])
            if key not in best or entry[:2] > best[key][:2]:
                best[key] = entry
    chosen = sorted(best.items(), key=lambda item: (-round(item[1][0], 12), item[0]))[:NEARLY]
    return tuple(step_of(near, sets, span) for _, (_, _, sets) in chosen)


def trades(alone: Floats, sets: Integers) -> Booleans:
    """`(set,)`: which pairs of changes, `(set, 2)`, are trades.

    Somebody gains by the first and gives by the second, and somebody else the reverse; `alone` is
    `(party, change)`, what each change brings when made alone.
    """
    one, other = alone[:, sets[:, 0]], alone[:, sets[:, 1]]
    there, back = (one > 0) & (other < 0), (one < 0) & (other > 0)
    both: Booleans = np.logical_and(there.any(axis=0), back.any(axis=0))
    return both
