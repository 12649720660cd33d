"""From the blocks' raw sums to the quantities that the questions ask for."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.ensemble.falls import falls
from zopa.ensemble.problem import Problem
from zopa.ensemble.result import Bargain, Ensemble, Outlook, Timing, Waiting

Floats = NDArray[np.float64]


def gather(pieces: list[dict[str, Any]], *, problem: Problem, window: int, plan: Any, rare: float,
           weight: Floats, packages: NDArray[np.int64], utilities: Floats) -> Ensemble:
    """Put the blocks together.

    Args:
        pieces: the blocks' results, in order.
        problem: the lattice they were solved on.
        window: periods for the fall of support.
        plan: the compiled plan, for its waits and horizons.
        rare: probability below which expected terms are undefined.
        weight, packages, utilities: of the ensemble.
    """
    raw = _joined(pieces)
    game = raw["bargain"]
    agree = game["agree"].astype(bool)
    offer = np.where(agree[:, None], game["offer"], np.nan)
    # parts that were not asked for are None, as `Ensemble` says
    doubled: Any = raw.get("doubled")
    timing: Any = (_timing(raw, rare) if "timing" in raw
                   else _deals(raw["deals"], rare) if "deals" in raw else None)
    waiting: Any = _waiting(raw, plan.waits, rare) if "shut" in raw else None
    outlook: Any = (_outlook(raw, problem, plan.outlook, window) if _wants_outlook(plan)
                    else None)
    nothing: Any = None
    bargain = Bargain(
        value=game["value"], reservation=game["reservation"], finish=game["finish"], agree=agree,
        offer=offer, deal_weight=game["deal_weight"], deal_constant=game["deal_constant"],
        value_doubled=nothing if doubled is None else doubled.value,
        moved=nothing if doubled is None else doubled.moved,
        differs=nothing if doubled is None else doubled.differs.astype(bool),
        converged=game["converged"].astype(bool), past=game["past"])
    return Ensemble(
        weight=weight, packages=packages, utilities=utilities, floor=raw["floor"],
        bargain=bargain,
        timing=timing, waiting=waiting, outlook=outlook,
        states=problem.shape.states, problem=problem)


def gather_outlook(pieces: list[dict[str, Any]], problem: Problem, window: int) -> Outlook:
    """The outlook alone."""
    raw = _joined(pieces)
    return _outlook(raw, problem, raw["war"].deal.shape[0], window)


def _wants_outlook(plan: Any) -> bool:
    return "OUTLOOK" in {part.name for part in plan.parts}


def _joined(pieces: list[dict[str, Any]]) -> dict[str, Any]:
    import jax

    joined: dict[str, Any] = jax.tree.map(lambda *x: np.concatenate(x, axis=-1), *pieces)
    return joined


def _by_month(flow: Floats) -> Floats:
    """Cumulated over the months, with a zero for month 0 in front."""
    return np.concatenate([np.zeros_like(flow[:1]), np.cumsum(flow, axis=0)])


def _ratio(x: Floats, y: Floats) -> Floats:
    """x / y, NaN where y is 0."""
    return np.where(y > 0, x / np.where(y > 0, y, 1.0), np.nan)


def _timing(raw: dict[str, Any], rare: float) -> Timing:
    path = raw["timing"]["path"]
    settle, terms = path.deal.sum(axis=0), path.terms.sum(axis=0)
    return Timing(
        deal_by=_by_month(path.deal), settle=settle,
        terms=np.where(settle >= rare, _ratio(terms, settle), np.nan),
        outcome=raw["timing"]["outcome"], months_of_war=path.fighting.sum(axis=0),
        collapse=path.collapse.sum(axis=0))


def _deals(raw: dict[str, Any], rare: float) -> Timing:
    """When and on which terms alone; NaN for the rest."""
    settle, terms = raw["deal"].sum(axis=0), raw["terms"].sum(axis=0)
    unknown = np.full_like(terms, np.nan)
    return Timing(deal_by=_by_month(raw["deal"]), settle=settle,
                  terms=np.where(settle >= rare, _ratio(terms, settle), np.nan),
                  outcome=unknown, months_of_war=unknown[0], collapse=unknown)


def _waiting(raw: dict[str, Any], taus: tuple[int, ...], rare: float) -> Waiting:
    war, waits = raw["war"], raw["waits"]
    collapse, cost = _by_month(war.collapse), _by_month(war.cost)
    chosen = list(taus)
    settle, left = waits.settle[chosen][:, None], waits.left[chosen][:, None]
    likely = _ratio(settle, left) >= rare
    return Waiting(taus=taus, value=raw["shut"][chosen],
                   terms=np.where(likely, _ratio(waits.terms[chosen], settle), np.nan),
                   reservation=_ratio(waits.reservation[chosen], left),
                   collapse=collapse[chosen], cost=cost[chosen])


def _outlook(raw: dict[str, Any], problem: Problem, months: int, window: int) -> Outlook:
    war = raw["war"]
    collapse = _by_month(war.collapse)[:months + 1]                     # (month, party, draw)
    left = np.concatenate([np.ones_like(war.left[:1]), war.left])[:months + 1]
    cell = problem.present[1]
    position = np.concatenate([np.full_like(war.position[:1], cell),
                               _ratio(war.position, war.left)])[:months + 1]
    sign = 1.0 if problem.favours == 0 else -1.0
    chosen = tuple(c for c, stop in enumerate(problem.numbers.stop) if stop is not None)
    by_cell = dict(zip((problem.patrons[c] for c in chosen), falls(problem, chosen, window),
                       strict=True)) if chosen else {}
    return Outlook(
        victory=np.stack([collapse[:, 1], collapse[:, 0]]), fighting=left, position=position,
        cost=np.moveaxis(_by_month(war.cost)[:months + 1], 1, 0),
        position_change=sign * (position[min(3, months)] - cell),
        support_falls={patron: by_cell[patron][cell] if patron in by_cell
                       else _falls(problem, c, window)
                       for c, patron in enumerate(problem.patrons)},
        falls_by_cell=by_cell)


def _falls(problem: Problem, c: int, window: int) -> Floats:
    """P(a patron's support is below today's level at some time within the window), `(draw,)`.

    Levels stand highest first, and the chain of a patron who does not choose moves by itself: the
    levels below today's are made absorbing.  The analyst's belief weighs the theories.
    """
    chain, level = problem.numbers.chains[c], problem.levels[c]
    total = 0.0
    for t, belief in enumerate(problem.numbers.analyst):
        rows = chain[t if chain.shape[0] > 1 else 0][:level + 1, :level + 1]
        stays = np.zeros((level + 1, rows.shape[-1]))
        stays[level] = 1.0
        for _ in range(window):
            stays = np.einsum("id,ijd->jd", stays, rows)
        total = total + belief * (1.0 - stays.sum(axis=0))
    return np.asarray(total)
