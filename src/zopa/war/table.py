"""Any finite war between two sides as a table of moves: the engine's input.

From state s the war moves to `next_state[s, b]` with probability `probability[i, s, b]` in the
eyes of party i.  A place at or beyond the number of states is a terminal outcome: place
`n_states + j` pays `terminal[i, j]`.  Fighting on in s is worth

    r_i(s) = -cost[i, s] + discount[i] * E_i[V_i(next)],   V_i(terminal j) = terminal[i, j]

so terminals are discounted like any other next state.  A lottery that pays at once is entered
with its terminal utilities divided by the discount and cost 0.

Scale: the utility u of a deal is an annuity value (worth u in total if the deal lasts for ever);
fighting has no flow but its costs; terminals count from the next period.  A negative cost is a
gain from fighting on (an inside option).  Party 0 is A, party 1 is B.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zopa.core.errors import ArgumentError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# probability rows may miss 1 by this much (rounding of typed-in numbers)
ROW_SUM = 1e-9


@dataclass(frozen=True, eq=False, init=False)
class MarkovWar:
    """A finite war.  Arguments are checked by name and kept as full, read-only arrays.

    Args:
        next_state: `(state, branch)` whole numbers; values >= n_states index `terminal`.
        probability: `(party, state, branch)`, each side's own belief, or `(state, branch)` if
            they share one.
        cost: `(party, state)` or `(party,)`, per period of fighting.
        discount: `(party,)` in [0, 1], per period.  1 needs permanent deals and a war that ends
            from every state.
        proposer: `(state,)` or one number, probability that A proposes.
        terminal: `(party, n_terminal)` utilities; `n_terminal` may be 0.
        talks: `(state,)` or one number, probability that talks are held in a period.
        enforcement: `(state,)` or one number, probability that a deal lasts another period.
        peace_next_state: `(state, peace_branch)`, where bargaining reopens when a deal signed in
            that state lapses; needed where `enforcement` < 1.
        peace_probability: `(party, state, peace_branch)` or `(state, peace_branch)`.
        floor: `(party, state)` or `(party,)`, the least utility a side can ratify; minus infinity
            where there is none.
        ratification_spread: `(party, state)` or `(party,)`, s >= 0: a deal worth u is ratified with
            probability 1 / (1 + exp(-(u - floor) / s)); 0 where the floor is a wall.  Not together
            with outside options.
        outside_option: `(party, state)` or `(party,)`, what both get when the responder leaves
            the talks for good; a pair, or minus infinity for both where there is none.

    Raises:
        ArgumentError: an argument of the wrong shape or range, by its name.
    """

    next_state: Ints
    probability: Floats
    cost: Floats
    discount: Floats
    proposer: Floats
    terminal: Floats
    talks: Floats
    enforcement: Floats
    peace_next_state: Ints | None
    peace_probability: Floats | None
    floor: Floats
    ratification_spread: Floats | None
    outside_option: Floats

    def __init__(self, next_state: ArrayLike, probability: ArrayLike, cost: ArrayLike,
                 discount: ArrayLike, proposer: ArrayLike, terminal: ArrayLike,
                 talks: ArrayLike = 1.0, enforcement: ArrayLike = 1.0,
                 peace_next_state: ArrayLike | None = None,
                 peace_probability: ArrayLike | None = None,
                 floor: ArrayLike | None = None,
                 outside_option: ArrayLike | None = None,
                 ratification_spread: ArrayLike | None = None) -> None:
        ends = _terminal(terminal)
        moves = _moves("next_state", next_state, ends.shape[1])
        n = len(moves)
        none = (-np.inf, -np.inf)
        values: dict[str, Any] = {
            "next_state": moves,
            "probability": _rows("probability", probability, moves),
            "cost": _by_party("cost", cost, n),
            "discount": _discount(discount),
            "proposer": _by_state("proposer", proposer, n),
            "terminal": ends,
            "talks": _by_state("talks", talks, n),
            "enforcement": _by_state("enforcement", enforcement, n),
            "peace_next_state": None,
            "peace_probability": None,
            "floor": _by_party("floor", none if floor is None else floor, n, absent=True),
            "ratification_spread": (None if ratification_spread is None else _by_party(
                "ratification_spread", ratification_spread, n)),
            "outside_option": _by_party(
                "outside_option", none if outside_option is None else outside_option, n,
                absent=True),
        }
        if (peace_next_state is None) != (peace_probability is None):
            raise ArgumentError("Arguments `peace_next_state` and `peace_probability` must be "
                                "given together: they are one kernel.")
        if peace_next_state is not None and peace_probability is not None:
            peace = _moves("peace_next_state", peace_next_state, ends.shape[1], n)
            values["peace_next_state"] = peace
            values["peace_probability"] = _rows("peace_probability", peace_probability, peace)
        for name, value in values.items():
            if value is not None:
                value.setflags(write=False)
            object.__setattr__(self, name, value)
        self._check_together()

    @property
    def n_states(self) -> int:
        """Number of states in which the war goes on."""
        return len(self.next_state)

    @property
    def n_terminal(self) -> int:
        """Number of terminal outcomes."""
        return int(self.terminal.shape[1])

    @property
    def permanent(self) -> bool:
        """Whether every deal is permanent (enforcement 1 in every state)."""
        return bool((self.enforcement >= 1.0).all())

    @property
    def has_outside_options(self) -> bool:
        """Whether any side can leave the talks for good anywhere."""
        return bool(np.isfinite(self.outside_option).any())

    def swapped(self) -> MarkovWar:
        """The same war with the two sides exchanged (A becomes B)."""
        changed: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        for name in ("probability", "cost", "discount", "terminal", "peace_probability", "floor",
                     "ratification_spread", "outside_option"):
            if changed[name] is not None:
                changed[name] = changed[name][::-1]
        changed["proposer"] = 1.0 - self.proposer
        return MarkovWar(**changed)

    def _check_together(self) -> None:
        if not self.permanent and self.peace_next_state is None:
            raise ArgumentError(
                "Argument `enforcement` is below 1, so deals lapse: give `peace_next_state` and "
                "`peace_probability`, the states in which bargaining then reopens.")
        present = np.isfinite(self.outside_option)
        if (present[0] != present[1]).any():
            state = int(np.argmax(present[0] != present[1]))
            raise ArgumentError(
                "Argument `outside_option` must come as a pair, but only one side has one in "
                f"state {state}. Give both sides' payoffs when talks break off, or -inf for both.")
        if self.ratification_spread is not None and (
                present.any() or (self.ratification_spread < 0).any()):
            raise ArgumentError(
                "Argument `ratification_spread` must be 0 or more, in a war without outside "
                "options. Leave it out where floors are walls.")
        for i in (0, 1):
            if self.discount[i] == 1.0:
                self._check_undiscounted(i)

    def _check_undiscounted(self, i: int) -> None:
        if not self.permanent:
            raise ArgumentError(f"Argument `discount[{i}]` is 1, which needs `enforcement` 1 in "
                                "every state. Give a discount below 1.")
        endless = ~ends_from(self.next_state, self.probability[i])
        if endless.any():
            raise ArgumentError(
                f"Argument `discount[{i}]` is 1, which needs a war that ends from every state in "
                f"that side's belief, but from state {int(np.argmax(endless))} no terminal is "
                "reached. Give a discount below 1, or a branch to a terminal.")


def ends_from(next_state: Ints, probability: Floats) -> NDArray[np.bool_]:
    """`(state,)`: whether some terminal can be reached with positive probability."""
    n = len(next_state)
    reached: NDArray[np.bool_] = np.zeros(n, dtype=bool)
    possible = probability > 0
    terminal = next_state >= n
    inside = np.where(terminal, 0, next_state)
    while True:
        now = np.any(possible & (terminal | reached[inside]), axis=1)
        if np.array_equal(now, reached):
            return reached
        reached = now


def analyst_belief(war: MarkovWar, probability: ArrayLike) -> Floats:
    """An explicit belief `(state, branch)` over the moves of `war`, checked.

    Raises:
        ArgumentError: wrong shape, negative entries, or rows that do not sum to 1.
    """
    belief = _floats("probability", probability)
    if belief.shape != war.next_state.shape:
        raise ArgumentError(
            f"Argument `probability` must have shape {war.next_state.shape} (state, branch), but "
            f"has shape {belief.shape}. Choose one belief, e.g. war.probability[0].")
    rows: Floats = _rows("probability", belief, war.next_state)[0]
    return rows


def _floats(name: str, value: ArrayLike) -> Floats:
    try:
        array = np.array(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise ArgumentError(f"Argument `{name}` must be an array of numbers, but is not "
                            "(check for missing values and rows of unequal length).") from None
    if np.isnan(array).any():
        raise ArgumentError(f"Argument `{name}` must not hold NaN.")
    return array


def _terminal(value: ArrayLike) -> Floats:
    array = _floats("terminal", value)
    if array.ndim != 2 or array.shape[0] != 2:
        raise ArgumentError(f"Argument `terminal` must have shape (2, n_terminal), but has shape "
                            f"{array.shape}. Give one row of utilities per party.")
    return _finite("terminal", array)


def _moves(name: str, value: ArrayLike, n_terminal: int, n_states: int | None = None) -> Ints:
    array = _floats(name, value)
    if array.ndim != 2 or 0 in array.shape:
        raise ArgumentError(f"Argument `{name}` must have shape (state, branch), but has shape "
                            f"{array.shape}.")
    if n_states is not None and len(array) != n_states:
        raise ArgumentError(f"Argument `{name}` must have {n_states} rows, one per state, but has "
                            f"{len(array)}.")
    places = len(array) + n_terminal
    wrong = (array != np.floor(array)) | (array < 0) | (array >= places)
    if wrong.any():
        state, branch = (int(index) for index in np.argwhere(wrong)[0])
        raise ArgumentError(
            f"Argument `{name}` must hold whole numbers from 0 to {places - 1} ({len(array)} "
            f"states, then {n_terminal} terminals), but [{state}, {branch}] is "
            f"{array[state, branch]:g}.")
    return array.astype(np.int64)


def _rows(name: str, value: ArrayLike, moves: Ints) -> Floats:
    array = _floats(name, value)
    if array.shape not in (moves.shape, (2, *moves.shape)):
        raise ArgumentError(f"Argument `{name}` must have shape {(2, *moves.shape)} (party, state, "
                            f"branch) or {moves.shape}, but has shape {array.shape}.")
    array = np.broadcast_to(array, (2, *moves.shape)).copy()
    wrong = np.abs(array.sum(axis=2) - 1.0) > ROW_SUM
    negative = np.any(array < 0, axis=2)
    if wrong.any() or negative.any():
        party, state = (int(index) for index in np.argwhere(wrong | negative)[0])
        fault = ("has a negative entry" if negative[party, state]
                 else f"sums to {array[party, state].sum():.12g}")
        raise ArgumentError(f"Argument `{name}` must hold rows of probabilities that sum to 1, but "
                            f"the row of party {party}, state {state} {fault}.")
    return array


def _by_party(name: str, value: ArrayLike, n: int, absent: bool = False) -> Floats:
    array = _floats(name, value)
    if array.shape not in ((2,), (2, n)):
        raise ArgumentError(f"Argument `{name}` must have shape (2, {n}) (party, state) or (2,), "
                            f"but has shape {array.shape}.")
    if array.ndim == 1:
        array = array[:, None]
    array = np.broadcast_to(array, (2, n)).copy()
    if absent:
        if (array == np.inf).any():
            raise ArgumentError(f"Argument `{name}` must be below infinity (minus infinity where "
                                "there is none).")
        return array
    return _finite(name, array)


def _by_state(name: str, value: ArrayLike, n: int) -> Floats:
    array = _floats(name, value)
    if array.shape not in ((), (n,)):
        raise ArgumentError(f"Argument `{name}` must be one number or have shape ({n},), but has "
                            f"shape {array.shape}.")
    array = np.broadcast_to(array, (n,)).copy()
    wrong = (array < 0) | (array > 1)
    if wrong.any():
        raise ArgumentError(f"Argument `{name}` must be a probability in [0, 1], but is "
                            f"{array[np.argmax(wrong)]:g} in state {int(np.argmax(wrong))}.")
    return array


def _discount(value: ArrayLike) -> Floats:
    array = _floats("discount", value)
    if array.shape != (2,):
        raise ArgumentError(f"Argument `discount` must have shape (2,), one per party, but has "
                            f"shape {array.shape}.")
    wrong = (array < 0) | (array > 1)
    if wrong.any():
        raise ArgumentError(f"Argument `discount` must be in [0, 1], but is "
                            f"{array[np.argmax(wrong)]:g} for party {int(np.argmax(wrong))}. Give "
                            "it per period, e.g. 0.99.")
    return array


def _finite(name: str, array: Floats) -> Floats:
    if not np.isfinite(array).all():
        raise ArgumentError(f"Argument `{name}` must be finite, but holds "
                            f"{array[~np.isfinite(array)][0]}.")
    return array
