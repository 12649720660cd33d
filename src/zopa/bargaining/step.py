"""One period of the game: talks, a proposal, an answer, or fighting.

With r_i the value of fighting on, D_i(u) = a_i u_i + K_i the value of a deal, w the outside option,
rho the ratification floors and F the frontier, the turn of proposer i (the other side is j) is

1. o_j = max(r_j, w_j); j opts out of talks iff w_j > r_j strictly.
2. x_j = max((o_j - K_j) / a_j, rho_j, min F_j): the least that j accepts and can ratify.
3. u_i = F_i(x_j).
4. They agree iff x_j <= max F_j, u_i >= rho_i and a_i u_i + K_i >= what i gets on rejection
   (r_i, or w_i if j opts out).  Ties agree: tolerance `ties` x (max F - min F).

Where ratification is a probability R, step 3 maximises R D_i + (1 - R) r_i along F
(`zopa.bargaining.ratify`), and an agreement is worth R D + (1 - R) r to each side.

Then V_i = lambda [pi V_i(A proposes) + (1 - pi) V_i(B proposes)] + (1 - lambda) r_i.

References: Rubinstein (1982); Binmore (1987) for random proposers; Fearon (2004) and Powell (2004)
for the choice between a settlement and fighting on.

The same function serves the table form, the factorised lattice, NumPy and JAX: it has no loop over
states and no branch on a value, and everything broadcasts.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any, NamedTuple, cast

from zopa.agreement.boundary import Concave, Offers
from zopa.bargaining import ratify

Array = Any


class Deal(NamedTuple):
    """What a deal is worth: D_i = weight_i * u_i + constant_i, one entry a party.

    With enforcement e, weight = (1 - delta)/(1 - delta e) and
    constant = delta (1 - e)/(1 - delta e) * E^P[V]; a permanent deal has weight 1, constant 0.
    """

    weight: tuple[Array, Array]
    constant: tuple[Array, Array]


class Rules(NamedTuple):
    """What surrounds the talks; every entry broadcasts against the states.

    Attributes:
        proposer: probability pi that A proposes.
        talks: probability lambda that talks are held this period.
        floor: ratification floors rho, one entry a party; minus infinity where there is none.
        outside: outside options w, one entry a party; minus infinity where there is none.
        ties: tolerance of ties, as a share of the frontier's range.
        spread: where ratification is a probability, its spreads s, one entry a party, 0 where the
            floor is a wall; None where both are.  Not together with outside options.
    """

    proposer: Array
    talks: Array
    floor: tuple[Array, Array]
    outside: tuple[Array, Array]
    ties: float
    spread: tuple[Array, Array] | None = None


class Turn(NamedTuple):
    """The outcome when one side proposes: agreement, its terms, and values `(A, B)`.

    `offer` is what would be proposed; it is a deal only where `agree` holds.  `ratified` is the
    probability that it is ratified then, None where that is certain; `worth` is D of the offer.
    """

    agree: Array
    opts_out: Array
    offer: tuple[Array, Array]
    value: tuple[Array, Array]
    worth: tuple[Array, Array]
    ratified: Array | None = None

    @property
    def chance(self) -> Array:
        """Probability that the turn ends in a deal: 0, 1, or that of ratification."""
        return self.agree if self.ratified is None else self.agree * self.ratified


class Period(NamedTuple):
    """One application of the step: value V `(A, B)` and both proposers' turns."""

    value: tuple[Array, Array]
    turns: tuple[Turn, Turn]


def enforced(discount: Array, enforcement: Array, peace: Array) -> tuple[Array, Array]:
    """Weight and constant of D = a u + K for one party.

    Args:
        discount: delta, per period.
        enforcement: e in [0, 1]; where it is 1 the deal is permanent, also at discount 1.
        peace: E^P[V], the value expected when a lapsed deal reopens bargaining.
    """
    permanent = enforcement >= 1.0
    # where permanent, 1 - delta e may be 0 (delta = 1): divide by 1 there instead
    denominator = permanent + (1.0 - permanent) * (1.0 - discount * enforcement)
    weight = permanent + (1.0 - permanent) * (1.0 - discount) / denominator
    constant = discount * (1.0 - enforcement) / denominator * peace
    return weight, constant


def turn(i: int, r: tuple[Array, Array], deal: Deal, frontier: Offers, rules: Rules,
         xp: ModuleType) -> Turn:
    """Proposer i's turn, steps 1-4 of the module's text.

    Args:
        i: 0 when A proposes, 1 when B does.
        r: value of fighting on, `(A, B)`.
        deal: weights and constants of D.
        frontier: what can be offered.
        rules: floors, outside options, tolerance.
        xp: `numpy` or `jax.numpy`.
    """
    if rules.spread is not None:
        return uncertain_turn(i, r, deal, frontier, rules, rules.spread, xp)
    j = 1 - i
    opts_out = rules.outside[j] > r[j]                                              # 1
    refusal = xp.maximum(r[j], rules.outside[j])
    needed = (refusal - deal.constant[j]) / deal.weight[j]
    x = xp.maximum(xp.maximum(needed, rules.floor[j]), frontier.low[j])             # 2
    slack_i = rules.ties * (frontier.high[i] - frontier.low[i])
    slack_j = rules.ties * (frontier.high[j] - frontier.low[j])
    # a tie at the end of the frontier is met at its end, not beyond it
    feasible = x <= frontier.high[j] + slack_j
    u_i, u_j = frontier.offer(i, xp.minimum(x, frontier.high[j]), xp, rules.ties)   # 3
    worth_i = deal.weight[i] * u_i + deal.constant[i]
    rejected = xp.where(opts_out, rules.outside[i], r[i])
    agree = feasible & (u_i >= rules.floor[i] - slack_i) & (                        # 4
        worth_i >= rejected - slack_i)
    worth_j = deal.weight[j] * u_j + deal.constant[j]
    value_i = xp.where(agree, worth_i, rejected)
    value_j = xp.where(agree, worth_j, refusal)
    offer = (u_i, u_j) if i == 0 else (u_j, u_i)
    value = (value_i, value_j) if i == 0 else (value_j, value_i)
    return Turn(agree, opts_out, offer, value, value)


def uncertain_turn(i: int, r: tuple[Array, Array], deal: Deal, frontier: Offers, rules: Rules,
                   spread: tuple[Array, Array], xp: ModuleType) -> Turn:
    """Proposer i's turn where ratification is a probability; no outside options.

    2. x_j = max((r_j - K_j) / a_j, rho_j where it is a wall, min F_j).
    3. u_i = F_i(x), x >= x_j the maximum of R D_i + (1 - R) r_i.
    4. They agree iff x_j <= max F_j, u_i >= rho_i where it is a wall, and D_i >= r_i.

    Args:
        spread: s of each party; the rest as for `turn`.
    """
    j = 1 - i
    # `zopa.bargaining.solve` and the checks of a scenario see to it that the frontier is concave
    case = ratify.Uncertain(i, r[i], deal.weight[i], deal.constant[i], rules.floor, spread,
                            cast(Concave, frontier), rules.ties)
    needed = (r[j] - deal.constant[j]) / deal.weight[j]
    least = xp.maximum(xp.maximum(needed, ratify.wall(rules.floor[j], spread[j], xp)),
                       frontier.low[j])
    slack_i = rules.ties * (frontier.high[i] - frontier.low[i])
    slack_j = rules.ties * (frontier.high[j] - frontier.low[j])
    feasible = least <= frontier.high[j] + slack_j
    x = ratify.best(case, xp.minimum(least, frontier.high[j]), frontier.high[j], xp)
    u_i, u_j = frontier.offer(i, x, xp, rules.ties)
    worth_i = deal.weight[i] * u_i + deal.constant[i]
    worth_j = deal.weight[j] * u_j + deal.constant[j]
    agree = feasible & (u_i >= ratify.wall(rules.floor[i], spread[i], xp) - slack_i) & (
        worth_i >= r[i] - slack_i)
    ratified = ratify.both(case, u_i, u_j, xp)
    value_i = xp.where(agree, ratified * worth_i + (1.0 - ratified) * r[i], r[i])
    value_j = xp.where(agree, ratified * worth_j + (1.0 - ratified) * r[j], r[j])

    def both(mine: Array, theirs: Array) -> tuple[Array, Array]:
        return (mine, theirs) if i == 0 else (theirs, mine)

    return Turn(agree, xp.zeros_like(agree), both(u_i, u_j), both(value_i, value_j),
                both(worth_i, worth_j), ratified)


def step(r: tuple[Array, Array], deal: Deal, frontier: Offers, rules: Rules,
         xp: ModuleType) -> Period:
    """One period from the values of fighting on: both turns and V.

    Args:
        r: value of fighting on, `(A, B)`, any common shape.
        deal: D's weights and constants.
        frontier: what can be offered in each state.
        rules: proposer, talks, floors, outside options, tolerance.
        xp: `numpy` or `jax.numpy`.

    Returns:
        V `(A, B)` before the period, and the turns of A and of B as if talks were held.
    """
    turns = (turn(0, r, deal, frontier, rules, xp), turn(1, r, deal, frontier, rules, xp))
    by_a, by_b = rules.proposer, 1.0 - rules.proposer
    value = tuple(
        rules.talks * (by_a * turns[0].value[i] + by_b * turns[1].value[i])
        + (1.0 - rules.talks) * r[i]
        for i in (0, 1)
    )
    return Period((value[0], value[1]), turns)
