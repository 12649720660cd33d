"""A study: one scenario, its draws, and everything solved for them so far.

Questions ask a study for what they need; it is solved once and kept.  A study of the same draws
with a lever on, at another date, with an offer's state, or with one input fixed in a smaller
ensemble, is a study too, so a test of a claim reads the same in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from zopa.core.errors import ArgumentError
from zopa.draws import levers
from zopa.draws.sobol import Draws, sample
from zopa.draws.thin import thin, thinned
from zopa.ensemble.result import Ensemble, Outlook
from zopa.ensemble.solve import Parts, solve_ensemble, solve_outlook
from zopa.questions import fix, moments
from zopa.questions.record import likelihood
from zopa.scenario.patch import did_you_mean
from zopa.scenario.schema import Scenario, Support, War

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]
Tell = Callable[[str, int, int], None]
T = TypeVar("T")

PLANS = (Parts.BARGAIN, Parts.BARGAIN | Parts.TIMING, Parts.ALL)
"""What is solved together: each combination is a program of its own, so there are few."""

HEAVY = 256
"""Draws of what is solved many times over."""

SMALL = 128
"""Draws of the ensembles in which one input is fixed, at most; half as many at the least."""


@dataclass(frozen=True, eq=False)
class Observed:
    """What history did to the draws of a study.

    Attributes:
        weight: `(draw,)`, by history alone.
        log: `(draw,)`, log probability of the record.
        pool: how many draws were solved to find them.
        effective_draws: of the pool.
        largest: the largest weight in the pool.
        counted: component -> steps of the record in which it counts.
        foreseen: P(a deal in some recorded period) before and after weighing, on average.
        shift: input -> how far history moved its mean, in its standard deviations in the pool.
    """

    weight: Floats
    log: Floats
    pool: int
    effective_draws: float
    largest: float
    counted: Mapping[str, int]
    foreseen: tuple[float, float]
    shift: Mapping[str, float]


@dataclass
class Solved:
    """What a study has solved; shared by studies that differ in their weights alone."""

    ensemble: Ensemble | None = None
    parts: Parts = Parts(0)
    outlook: Outlook | None = None
    kept: dict[Hashable, Any] = field(default_factory=dict)
    derived: dict[Hashable, Study] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Study:
    """One scenario at every draw.

    Attributes:
        scenario: a checked scenario.
        draws: samples of its numbers, with their weights.
        progress: `progress(done, total)` is told of the draws of this study's own solve.
        assumed: claims that the reader takes as true or false, which the weights reflect.
        observed: what history did to the draws; None where they are as sampled.
        heavy: draws of what is solved many times over (levers, frictions in every combination).
        tell: `tell(what, done, total)` is told how far such work has come.
        on: levers that are on from now, each with its dose.
        before: this study without them; the past (recorded states, offers, what history and beliefs
            say of the draws) is asked of it.  None where no lever is on.
        solved: what has been solved so far.
    """

    scenario: Scenario
    draws: Draws
    progress: Progress | None = None
    assumed: tuple[tuple[str, bool], ...] = ()
    observed: Observed | None = None
    heavy: int = HEAVY
    tell: Tell | None = None
    on: tuple[tuple[str, float], ...] = ()
    before: Study | None = field(default=None, repr=False)
    solved: Solved = field(default_factory=Solved, repr=False)

    @property
    def weight(self) -> Floats:
        """`(draw,)`, sums to 1."""
        return self.draws.weight

    @property
    def sides(self) -> tuple[str, ...]:
        """Names of those who must agree; with a war A and B."""
        return self.scenario.sides

    @property
    def war(self) -> War:
        """The war block.

        Raises:
            ArgumentError: the scenario has none.
        """
        if self.scenario.war is None:
            raise ArgumentError("war is missing, so there is no value of fighting on. "
                                "Add a war block, or ask `zone` alone.")
        return self.scenario.war

    def side(self, party: str) -> int:
        """The place of a side on the party axis."""
        if party not in self.sides:
            raise ArgumentError(f"'{party}' is not a side of this scenario. "
                                f"Name one of {', '.join(self.sides)}.")
        return self.sides.index(party)

    def support(self, patron: str) -> Support:
        """A patron's chain of support.

        Raises:
            ArgumentError: it has none.
        """
        if patron not in self.war.support:
            raise ArgumentError(f"'{patron}' has no chain of support in this scenario."
                                f"{did_you_mean(patron, list(self.war.support))}")
        return self.war.support[patron]

    def ensemble(self, parts: Parts) -> Ensemble:
        """The ensemble with these parts (all those of the first of `PLANS` that has them)."""
        if self.solved.ensemble is None or parts & ~self.solved.parts:
            needed = parts | self.solved.parts
            wanted = next(plan for plan in PLANS if not needed & ~plan)
            self.solved.ensemble = solve_ensemble(self.scenario, self.draws, wanted, self.progress)
            self.solved.parts = wanted
            if Parts.OUTLOOK & wanted:
                self.solved.outlook = self.solved.ensemble.outlook
        return self.solved.ensemble

    @property
    def base(self) -> Ensemble:
        """The ensemble with every part."""
        return self.ensemble(Parts.ALL)

    @property
    def outlook(self) -> Outlook:
        """The war with no deal ever; solved without any bargaining if need be."""
        if self.solved.outlook is None:
            self.solved.outlook = solve_outlook(self.scenario, self.draws, self.progress)
        return self.solved.outlook

    def keep(self, name: Hashable, make: Callable[[], T]) -> T:
        """`make()`, computed once; it must not depend on the weights."""
        if name not in self.solved.kept:
            self.solved.kept[name] = make()
        found: T = self.solved.kept[name]
        return found

    def reweighted(self, weight: Floats, assumed: tuple[tuple[str, bool], ...]) -> Study:
        """The same draws with other weights; nothing is solved again.

        Args:
            weight: `(draw,)`, not negative; divided by its sum.
            assumed: the claims that these weights take as true or false.
        """
        share = weight / weight.sum()
        share.setflags(write=False)
        before = self.before.reweighted(weight, assumed) if self.before is not None else None
        return replace(self, draws=replace(self.draws, weight=share), assumed=assumed,
                       before=before)

    def switched(self, on: Iterable[tuple[str, float]]) -> Study:
        """The same draws and weights with levers on from now, beside those that are.

        Args:
            on: levers, each with its dose.

        Raises:
            ArgumentError: as `zopa.draws.levers`.
        """
        doses = dict(self.on) | dict(on)
        if doses == dict(self.on):
            return self
        base = self.before or self
        draws, scenario = levers.apply_all(base.draws, base.scenario, tuple(doses), doses)
        return Study(scenario, draws, base.progress, base.assumed, base.observed, base.heavy,
                     base.tell, tuple(sorted(doses.items())), base)

    def without(self, lever: str) -> Study:
        """The same draws with a lever off that may be on."""
        if lever not in dict(self.on) or self.before is None:
            return self
        base, left = self.before, [one for one in self.on if one[0] != lever]
        return self._derived(("without", lever), lambda: base.switched(left))

    def with_lever(self, lever: str) -> Study:
        """The same draws with a lever on, beside those that are; this study if it is on already."""
        if lever in dict(self.on):
            return self
        return self._derived(("lever", lever), lambda: replace(
            self.with_levers([lever]), assumed=()))

    def with_levers(self, names: Sequence[str], dose: float = 1.0) -> Study:
        """The same draws with several levers on, in whatever order; not kept, as pairs are many.

        Args:
            names: of the levers.
            dose: how much of every change of a number; see `zopa.draws.levers`.

        Raises:
            ArgumentError: no such lever, or two of them set the same path.
        """
        base, on = self.before or self, dict(self.on)
        doses = on | {name: dose for name in names if name not in on}
        draws, scenario = levers.apply_all(base.draws, base.scenario, tuple(doses), doses)
        return Study(scenario, draws, None, self.assumed)

    def at(self, moment: str) -> Study:
        """The same draws, at a recorded state of the war; `now` is this study itself.

        Args:
            moment: `now`, a date or the beginning of one (2022, 2022-03), or an offer's name.

        Raises:
            ArgumentError: no state is recorded at that date.
        """
        if moment == moments.NOW:
            return self
        if self.before is not None:
            return self.before.at(moment)

        def make() -> Study:
            found = moments.find(self.scenario, moment)
            return Study(moments.at_state(self.scenario, found.state),
                         moments.with_beliefs(self.draws, self.scenario, found.offer))

        return self._derived(("at", moment), make)

    def with_offer(self, offer: str) -> Study:
        """The same draws, at an offer's state, with the beliefs and enforcement of its date."""
        if self.before is not None:
            return self.before.with_offer(offer)

        def make() -> Study:
            spec = moments.offer(self.scenario, offer)
            return Study(moments.at_state(self.scenario, spec.state),
                         moments.with_beliefs(self.draws, self.scenario, offer))

        return self._derived(("offer", offer), make)

    def at_value(self, path: str, value: float, draws: int | None = None) -> Study:
        """A smaller ensemble in which one input, and those tied to it, is fixed.

        Its weights are those of history: draws of the others given the record were drawn with their
        own value of the input, so with the fixed one each counts by how much likelier (or less
        likely) that makes the record.  `zopa.questions.believe` brings in what is assumed.
        """
        draws, base = draws or self._few, self.before
        if base is not None:
            return self._derived(("value", path, f"{value:.12e}", draws), lambda: base.at_value(
                path, value, draws).switched(self.on), own_weights=True)

        def make() -> Study:
            small = self.small(draws)
            fixed = Study(self.scenario, fix.fixed(self.scenario, small.draws, path, value))
            if small.observed is None:
                return fixed
            found = likelihood(fixed.scenario, fixed.draws, fixed.ensemble(PLANS[1]))
            change = np.exp(np.clip(found.log - small.observed.log, -700.0, 700.0))
            weight = small.weight * change
            return fixed.reweighted(weight if weight.any() else small.weight, ())

        return self._derived(("value", path, f"{value:.12e}", draws), make, own_weights=True)

    def small(self, draws: int | None = None) -> Study:
        """A smaller ensemble with nothing fixed, with the weights of history alone."""
        draws, base = draws or self._few, self.before
        if base is not None:
            return self._derived(("small", draws), lambda: base.small(draws).switched(self.on),
                                 own_weights=True)

        def make() -> Study:
            if self.observed is None:
                return Study(self.scenario, sample(self.scenario, draws, self.draws.seed))
            chosen, weight = thin(self.observed.weight, draws, self.draws.seed)
            return Study(self.scenario, self.draws.take(chosen).with_weight(weight),
                         observed=replace(self.observed, weight=weight,
                                          log=self.observed.log[chosen]))

        return self._derived(("small", draws), make, own_weights=True)

    def telling(self, what: str, items: Sequence[T]) -> Iterator[T]:
        """The items one by one; `tell` is told how many are done."""
        for done, item in enumerate(items):
            if self.tell is not None:
                self.tell(what, done, len(items))
            yield item
        if self.tell is not None:
            self.tell(what, len(items), len(items))

    def thinned(self, most: int) -> Study:
        """At most so many of these draws, distinct, with weights that stand for all of them.

        What takes many solves (levers in pairs, frictions in every combination) is asked of fewer
        draws.  The study itself where it is no larger.
        """
        if most >= len(self.draws):
            return self
        base = self.before
        if base is not None:
            return self._derived(("thinned", most, self.weight.tobytes()), lambda: base.thinned(
                most).switched(self.on), own_weights=True)
        return self._derived(("thinned", most, self.weight.tobytes()), lambda: Study(
            self.scenario, thinned(self.draws, most), None, self.assumed, heavy=self.heavy,
            tell=self.tell), own_weights=True)

    @property
    def _few(self) -> int:
        """Draws of a smaller ensemble."""
        return min(SMALL, 1 << max(self.heavy // 2, SMALL // 2).bit_length() - 1)

    def _derived(self, name: Hashable, make: Callable[[], Study],
                 own_weights: bool = False) -> Study:
        if name not in self.solved.derived:
            self.solved.derived[name] = make()
        study = self.solved.derived[name]
        return study if own_weights else study.reweighted(self.weight, self.assumed)
