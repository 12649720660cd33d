"""Private resolve on the scenario's lattice: the game with the friction on, and its counterpart.

The informed side alone knows its extra cost of war theta, uniform on `war.resolve.<side>`; the
other side makes every offer and learns from refusals.  In the *known* game theta is common
knowledge, and the same side still makes every offer: only the information differs.  The equations
and references are those of `zopa.bargaining.screening`; this module runs them at every draw.

1. For each side of `war.resolve` in turn the other side is the uninformed one, whose own theta is
   at the middle of its range.
2. The game is solved backwards with `horizon` periods and followed for `war.window` months under
   the analyst's belief.
3. With both sides in `war.resolve` the answers are averaged with the probabilities that the
   uninformed side is the one that proposes.

| together with | treated as | exact |
|---|---|---|
| optimism | each side keeps its posterior over the theories; theta is independent of it | yes |
| ratification | floors bound the offers | yes, without `spread` |
| commitment | a lapsed deal reopens the known game, at the mean K of who accepted | convention |
| indivisibility | an offer is a real package | yes |
| a patron who chooses | its stopping set moves the support chains | yes |
| an uncertain ratification (`spread`) | not treated: every draw has the status `UNSUPPORTED` | |
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.agreement.stairs import Offered, Stairs
from zopa.core.cancel import go_on
from zopa.core.precision import double_precision
from zopa.core.threads import threads
from zopa.draws.sobol import Draws
from zopa.ensemble.frictions import Friction, frontier, without
from zopa.ensemble.numbers import Numbers, chunk
from zopa.ensemble.problem import Problem, build
from zopa.ensemble.resolve import ResolvePlan, solve_resolve
from zopa.ensemble.solve import blocks_of, rounded
from zopa.ensemble.space import from_scenario
from zopa.scenario.schema import Scenario

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]
CUTOFFS = 5
"""On a straight frontier 5 types moved the probability of a deal by 0.003 against 65."""
LANES = 4
"""Draws a block; each has `cutoffs` lanes."""
RISES = 1e-9
"""Need may rise in the type by rounding."""
BY_PARTY = ("hazard", "hazard_slope", "cost", "cost_slope", "resolve", "discount", "victory",
            "defeat", "floor", "log_odds")


class ScreeningStatus(Enum):
    """How a draw ended; `str(status)` is the message."""

    SOLVED = "solved"
    NOT_CONVERGED = "fighting to the finish did not converge"
    NOT_SKIMMING = (
        "solved, but in some state a weaker type would want more than a tougher one, so that "
        "refusals need not sort the types")
    UNSUPPORTED = "private resolve is not solved together with an uncertain ratification"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, eq=False)
class Teaching:
    """What a row of refused offers teaches, talks held every month in the present state.

    NaN where no offer is made that anybody accepts.

    Attributes:
        before, after: `(month, draw)`, the weakest type thought possible before the offer and after
            its refusal, as a cost a period (theta).
        offer: `(month, party, draw)`, utilities of the offer.
        accepted: `(month, draw)`, probability that it is accepted.
    """

    before: Floats
    after: Floats
    offer: Floats
    accepted: Floats


@dataclass(frozen=True, eq=False)
class Screened:
    """Private resolve and its counterpart at every draw.

    Attributes:
        informed: indices of the sides whose resolve is private, one game each.
        share: `(game, draw)`, weight of each game.
        deal_by: `(month, draw)`, P(deal within m months), m = 0, ..., window.
        known_deal_by: the same with theta known.
        value: `(game, draw)`, of the uninformed side, in its own eyes.
        known_value: the same with theta known.
        mean: `(game, month, draw)`, mean theta of those still at war before each month.
        teaching: one a game.
        rises: `(draw,)`, the largest rise of a type's claim with its cost of war.
        status: `(draw,)` of `ScreeningStatus`.
        cutoffs, horizon: as solved.
    """

    informed: tuple[int, ...]
    share: Floats
    deal_by: Floats
    known_deal_by: Floats
    value: Floats
    known_value: Floats
    mean: Floats
    teaching: tuple[Teaching, ...]
    rises: Floats
    status: NDArray[np.object_]
    cutoffs: int
    horizon: int


def screened(scenario: Scenario, draws: Draws, frictions: Friction = Friction.ALL,
             progress: Progress | None = None, cutoffs: int = CUTOFFS,
             horizon: int | None = None, lanes: int = LANES) -> Screened | None:
    """Solve the screening game, and the one with theta known, at every draw.

    Args:
        scenario: a checked scenario with a war block.
        draws: samples of its numbers.
        frictions: those left on; that of private information is not read, both games are solved.
        progress: called with (draws done, draws in all).
        cutoffs: points of the grid of types, at least 2.
        horizon: periods of bargaining; by default twice the window, at most `war.horizon`.
        lanes: draws a block.  Answers do not depend on it.

    Returns:
        None where no side's resolve is private.

    Raises:
        InputError: no war block.
    """
    double_precision()
    problem, war = without(build(scenario, draws, alternatives=False), frictions), scenario.war
    assert war is not None
    if not war.resolve:
        return None
    sides = scenario.belligerents
    informed = tuple(i for i, side in enumerate(sides) if side in war.resolve)
    horizon = max(war.window, min(war.horizon, 2 * war.window) if horizon is None else horizon)
    if Friction.RATIFICATION in frictions and any(f.spread is not None
                                                  for f in war.floors.values()):
        return _unsupported(informed, war.window, len(draws), cutoffs, horizon)
    offered = rounded(frontier(scenario, from_scenario(scenario, draws.values), frictions))
    low, high = ([np.asarray(draws.values[f"war.resolve.{sides[i]}.{end}"]) for i in informed]
                 for end in ("low", "high"))
    spread = [b - a for a, b in zip(low, high, strict=True)]

    def game(n: int, i: int) -> dict[str, Any]:
        def report(done: int, of: int) -> None:
            if progress is not None:
                progress((n * of + done) // len(informed), of)

        return _game(problem, offered, i, spread[n], war.window, horizon, cutoffs, report, lanes)

    games = [game(n, i) for n, i in enumerate(informed)]
    proposer = problem.numbers.proposer
    # the game in which A is the informed side is the one in which B proposes
    share = (np.stack([1.0 - proposer, proposer]) if len(informed) == 2
             else np.ones((1, len(draws))))
    rises = np.stack([g["rises"] for g in games]).max(axis=0)
    converged = np.stack([g["converged"] for g in games]).astype(bool).all(axis=0)
    status = np.full(len(draws), ScreeningStatus.SOLVED, dtype=object)
    status[rises > RISES] = ScreeningStatus.NOT_SKIMMING
    status[~converged] = ScreeningStatus.NOT_CONVERGED
    return Screened(
        informed, share, _deal_by(share, [g["path"] for g in games]),
        _deal_by(share, [g["known"] for g in games]), np.stack([g["value"] for g in games]),
        np.stack([g["known_value"] for g in games]),
        np.stack([a + b * g["path"]["rank"] / g["path"]["war"]
                  for a, b, g in zip(low, spread, games, strict=True)]),
        tuple(_teaching(g["here"], i, a, b)
              for g, i, a, b in zip(games, informed, low, spread, strict=True)),
        rises, status, cutoffs, horizon)


class Screener:
    """P(deal by month) of a scenario, `(month, draw)`, kept for every set of frictions asked for.

    NaN in draws whose status is not `SOLVED`.

    Attributes:
        cutoffs, horizon: as for `screened`.
        solved: set of frictions (less private information) -> result.
    """

    def __init__(self, cutoffs: int = CUTOFFS, horizon: int | None = None) -> None:
        self.cutoffs, self.horizon = cutoffs, horizon
        self.solved: dict[Friction, Screened] = {}

    def __call__(self, scenario: Scenario, draws: Draws, frictions: Friction, known: bool,
                 progress: Progress | None = None) -> Floats | None:
        """None where the scenario has no private resolve, or no draw can be solved so.

        Every call is about the same scenario and draws.
        """
        key = frictions & ~Friction.PRIVATE_INFORMATION
        if key not in self.solved:
            found = screened(scenario, draws, key, progress, self.cutoffs, self.horizon)
            if found is None:
                return None
            self.solved[key] = found
        result = self.solved[key]
        if (result.status == ScreeningStatus.UNSUPPORTED).all():
            return None
        deal_by = result.known_deal_by if known else result.deal_by
        return np.where(result.status == ScreeningStatus.SOLVED, deal_by, np.nan)


def _deal_by(share: Floats, paths: list[dict[str, Floats]]) -> Floats:
    """Cumulated over the months, averaged over the games."""
    settled = sum(s * path["settled"] for s, path in zip(share, paths, strict=True))
    return np.concatenate([np.zeros((1, share.shape[1])), np.cumsum(settled, axis=0)])


def _game(problem: Problem, offered: Offered, informed: int, spread: Floats, months: int,
          horizon: int, cutoffs: int, progress: Progress, lanes: int) -> dict[str, Any]:
    """One game and its counterpart at every draw, the informed side put second."""
    import jax

    numbers, favours = problem.numbers, problem.favours
    if informed == 0:
        numbers, favours = exchanged(numbers), 1 - favours
        offered = turned(offered)
    plan = ResolvePlan(problem.shape, problem.grid_step, favours if problem.shape.absorbing else 0,
                       horizon, months, cutoffs)
    program, draws = _compiled(plan), len(spread)

    def one(index: NDArray[np.int64]) -> dict[str, Any]:
        part = jax.tree.map(lambda x: x[..., index], offered)
        result = program(chunk(numbers, index), spread[index], part, problem.present)
        return jax.tree.map(np.asarray, result)

    pieces, done, blocks = [], 0, list(blocks_of(draws, lanes))
    with ThreadPoolExecutor(threads()) as pool:
        asked = [pool.submit(one, index) for index in blocks]
        try:
            for future in asked:
                piece, real = future.result(), min(lanes, draws - done)
                pieces.append(jax.tree.map(lambda x, n=real: x[..., :n], piece))
                done += real
                go_on()
                progress(done, draws)
        finally:
            for future in asked:
                future.cancel()
    joined: dict[str, Any] = jax.tree.map(lambda *x: np.concatenate(x, axis=-1), *pieces)
    return joined


@lru_cache(maxsize=32)
def _compiled(plan: ResolvePlan) -> Callable[..., dict[str, Any]]:
    import jax

    return jax.jit(partial(solve_resolve, plan))


def exchanged(numbers: Numbers) -> Numbers:
    """The numbers with the two sides exchanged."""
    changed = {name: getattr(numbers, name)[::-1] for name in BY_PARTY}
    return numbers._replace(hazard_factor=numbers.hazard_factor[:, ::-1],
                            proposer=1.0 - numbers.proposer, **changed)


def turned(frontier: Offered) -> Offered:
    """The frontier with the two sides exchanged; packages run from the first side's best."""
    if isinstance(frontier, Stairs):
        frontier = frontier._replace(points=frontier.points[:, ::-1])
    return type(frontier)(*(part[::-1] for part in frontier))


def _teaching(here: dict[str, Floats], informed: int, low: Floats, spread: Floats) -> Teaching:
    """Follow the offers of the present state, each read at the pool that the last refusal left."""
    months, points, draws = here["cutoff"].shape
    ranks = np.linspace(0.0, 1.0, points)
    before, after = np.full((months, draws), np.nan), np.full((months, draws), np.nan)
    offer = np.full((months, 2, draws), np.nan)
    for d in range(draws):
        q = 1.0
        for t in range(months):
            made = here["agree"][t, :, d].astype(bool) & (here["cutoff"][t, :, d] < ranks)
            then = float(np.interp(q, ranks, here["cutoff"][t, :, d]))
            if q - then <= 1e-9 or not made.any():
                continue
            before[t, d], after[t, d] = q, then
            for side in (0, 1):
                offer[t, side if informed == 1 else 1 - side, d] = np.interp(
                    q, ranks[made], here["offer"][t, side, made, d])
            q = then
    return Teaching(low + spread * before, low + spread * after, offer, 1.0 - after / before)


def _unsupported(informed: tuple[int, ...], window: int, draws: int, cutoffs: int,
                 horizon: int) -> Screened:
    games = len(informed)

    def nothing(*shape: int) -> Floats:
        return np.full((*shape, draws), np.nan)

    return Screened(informed, nothing(games), nothing(window + 1), nothing(window + 1),
                    nothing(games), nothing(games), nothing(games, window), (), nothing(),
                    np.full(draws, ScreeningStatus.UNSUPPORTED, dtype=object), cutoffs, horizon)
