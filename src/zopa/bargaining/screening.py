"""One side alone knows its resolve; the other makes the offers and learns from refusals.

The informed side i pays c_i(s) + theta a period of fighting, theta uniform on [low, high] and
known to it alone; the uninformed side j makes every offer.  Weak types (high theta) accept first,
so what is left after refusals is [low, theta(q)] with rank q in [0, 1]: the cutoff is the belief.
With R the value of refusing to the *marginal* type q when the pool after the refusal is q, X that
of the pool's top type before the period, G and J what the pool is worth to j after a refusal and
before the period (both times the pool's mass q), one period is

1. R(s, q) = -(c_i + theta(q)) + delta_i E_i[X(s', q)],
   G(s, q) = -q c_j + delta_j E_j[J(s', q)], terminals counting q times for j.
2. need(s, q) = (R - K_i(s, q)) / a_i: the least that the marginal type accepts.
3. j offers x(q') = max(need(q'), rho_i, min F_i), the cutoff q' <= q maximising
   (q - q') a_j F_j(x(q')) + [C(q) - C(q')] + G(s, q'),  C(q) the integral of K_j up to q
   (`zopa.bargaining.cutoffs`); no offer is q' = q.
4. X = lambda [a_i x(q') + K_i(s, q)] + (1 - lambda) R where an offer is made, else R;
   J = lambda max + (1 - lambda) G.

At rank 0 only the toughest type is left: that entry holds j's value a unit of mass, the limit of
J / q.  After T periods the sides fight to the finish, whose value to a type is linear in theta.

Deals that lapse (e < 1): whoever accepted is known to have, and the convention is that a lapsed
deal reopens the *known* game, in which theta is common knowledge and j still makes all the offers:
K_i is the type's own, j's K_j is averaged over the types that accept.  Skimming needs `need` to
fall in q; `rises` says by how much it ever rises.

The *known* game is the counterpart of complete information: the same offers by j, theta known,
averaged over the same grid (trapezoids), so that only the information differs.

References: Fearon (1995) for one offer; Powell (2004), American Journal of Political Science
48:344-361, for offers while fighting; Fudenberg, Levine and Tirole (1985), Gul, Sonnenschein and
Wilson (1986) for skimming and the Coase limit.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any, NamedTuple

from zopa.agreement.boundary import Hull
from zopa.bargaining.cutoffs import Chosen, Packages, best_offer, bounds, grid
from zopa.bargaining.step import Deal, Rules, turn

Array = Any


class Worth(NamedTuple):
    """Deals and fighting on in one period, `(..., cutoff, draw)`; i informed, j uninformed.

    Attributes:
        refuse: R of the marginal type.
        left: G of the pool.
        weight: `(a_i, a_j)`.
        constant: `(K_i, K_j)` of each type.
    """

    refuse: Array
    left: Array
    weight: tuple[Array, Array]
    constant: tuple[Array, Array]


class Played(NamedTuple):
    """One period's outcome: X, J, the choice, and how much `need` rises."""

    top: Array
    pool: Array
    chosen: Chosen
    rises: Array


def mass(points: int, xp: ModuleType) -> Array:
    """The pool's mass at every rank; a unit at rank 0, whose entry is a value a unit."""
    q = grid(points, xp)
    return xp.where(q == 0.0, 1.0, q)


def cumulated(values: Array, xp: ModuleType) -> Array:
    """Integral from rank 0 of what is linear between the grid's points, `(..., cutoff, draw)`."""
    cells = (values[..., :-1, :] + values[..., 1:, :]) / (2.0 * (values.shape[-2] - 1))
    return xp.concatenate([xp.zeros_like(values[..., :1, :]), xp.cumsum(cells, axis=-2)], axis=-2)


def average(values: Array) -> Array:
    """Mean over theta by trapezoids; axis -2 goes."""
    inner = values.sum(axis=-2) - 0.5 * (values[..., 0, :] + values[..., -1, :])
    return inner / (values.shape[-2] - 1)


def screen_once(worth: Worth, i: int, frontier: Hull | Packages, rules: Rules,
                xp: ModuleType) -> Played:
    """Steps 2-4 of the module's text.

    Args:
        worth: of deals and of fighting on.
        i: the informed side.
        frontier: what can be offered; its trailing axes end in `(1, draw)`.
        rules: talks, floors, ties; the proposer is not read.
        xp: `numpy` or `jax.numpy`.
    """
    (a_i, a_j), (k_i, k_j) = worth.weight, worth.constant
    refuse = worth.refuse
    need = (refuse - k_i) / a_i
    first = grid(need.shape[-2], xp) == 0.0
    saved = cumulated(k_j + xp.zeros_like(refuse), xp)
    left = xp.where(first, 0.0, worth.left) - saved
    limits = bounds(frontier, i, rules.floor, rules.ties, xp)
    chosen = best_offer(frontier, i, limits, a_j, need, left, rules.ties, xp)
    # the toughest type alone: complete information, a value a unit of mass
    j, flat = 1 - i, xp.zeros_like(refuse)
    mine, theirs = (x[..., :1, :] for x in (refuse, worth.left))
    k_mine, k_theirs = ((k + flat)[..., :1, :] for k in (k_i, k_j))
    r = (mine, theirs) if i == 0 else (theirs, mine)
    constant = (k_mine, k_theirs) if i == 0 else (k_theirs, k_mine)
    weight = (a_i, a_j) if i == 0 else (a_j, a_i)
    alone = turn(j, r, Deal(weight, constant), frontier, rules, xp)
    chosen = Chosen(
        xp.where(first, 0.0, chosen.cutoff),
        (xp.where(first, alone.offer[j], chosen.offer[0]),
         xp.where(first, alone.offer[i], chosen.offer[1])),
        xp.where(first, alone.agree, chosen.agree),
        xp.where(first, alone.value[j], chosen.value + saved))
    met = xp.where(chosen.agree, a_i * chosen.offer[1] + k_i, refuse)
    talks = rules.talks + flat
    top = talks * met + (1.0 - talks) * refuse
    pool = talks * chosen.value + (1.0 - talks) * worth.left
    rises = (need[..., 1:, :] - need[..., :-1, :]).max(axis=-2)
    return Played(top, pool, chosen, rises)
