"""A domain: issues, options and what every party makes of them, with no draws and no war.

    u_i(package) = base_i + sum_j worth_ij(o_j) + sum over the rules that the package fulfils of
                   bonus_i(rule)

A rule names options on some issues (a box); a package fulfils it iff it holds one of the named
options on each of these.  An interaction of two options is a box of one option on two issues; a
conditional value and a hyper-rectangle are boxes too.  Without rules utilities add up over issues.

Everything is in raw utility units of each party; no scale is shared between parties.

Reference: Keeney and Raiffa (1976), Decisions with Multiple Objectives; Ito, Hattori and Klein
(2007), IJCAI, 1347-1352, for utilities made of hyper-rectangles.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from zopa.agreement.space import Booleans, Floats, Forbidden, Integers, Space
from zopa.core.errors import ArgumentError

LARGEST = 1e100
"""Of the sizes of a party's utilities the largest sum: products and squares stay finite."""


@dataclass(frozen=True, eq=False)
class Rule:
    """Utility that a package gets for holding a combination.

    Attributes:
        issues: indices of the issues, increasing.
        options: for each of them the options (their index within the issue), increasing.
        bonus: `(party,)`, what it adds, of either sign.
    """

    issues: tuple[int, ...]
    options: tuple[tuple[int, ...], ...]
    bonus: Floats

    def fulfilled(self, packages: Integers) -> Booleans:
        """`(package,)`: which packages hold the combination; `packages` is `(package, issue)`."""
        held = np.ones(len(packages), dtype=bool)
        for issue, options in zip(self.issues, self.options, strict=True):
            held &= np.isin(packages[:, issue], options)
        return held


@dataclass(frozen=True, eq=False)
class Domain:
    """Issues, options, and every party's utilities.

    Attributes:
        parties: names.
        issues: names.
        options: for each issue the names of its options.
        worth: for each issue `(party, option)`, what an option adds to the utility.
        rules: combinations that add to it.
        forbidden: combinations that cannot be agreed.
        disagreement: `(party,)`, d, what a party gets without an agreement; fair points start here.
        reservation: `(party,)`, the least a party accepts; minus infinity where it accepts all.
        base: `(party,)`, a constant.
        title: what it is called.

    Raises:
        ArgumentError: an array of another shape, not finite or above `LARGEST` in size, or an
            index out of range.
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    worth: tuple[Floats, ...]
    rules: tuple[Rule, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    disagreement: Floats = field(default_factory=lambda: np.zeros(0))
    reservation: Floats = field(default_factory=lambda: np.zeros(0))
    base: Floats = field(default_factory=lambda: np.zeros(0))
    title: str = ""

    def __post_init__(self) -> None:
        count = len(self.parties)
        for name, value in (("disagreement", 0.0), ("reservation", -np.inf), ("base", 0.0)):
            if not getattr(self, name).size:
                object.__setattr__(self, name, np.full(count, value))
        if not count or not self.issues:
            raise ArgumentError("A domain needs at least one party and one issue.")
        if not len(self.issues) == len(self.options) == len(self.worth):
            raise ArgumentError(f"`options` and `worth` must have one entry for each of "
                                f"{len(self.issues)} issues.")
        for issue, names, worth in zip(self.issues, self.options, self.worth, strict=True):
            if worth.shape != (count, len(names)) or not names:
                raise ArgumentError(f"`worth` of issue `{issue}` must have shape "
                                    f"{(count, len(names))}, but has shape {worth.shape}.")
            if not np.isfinite(worth).all():
                raise ArgumentError(f"`worth` of issue `{issue}` must be finite.")
        for name in ("disagreement", "reservation", "base"):
            value = getattr(self, name)
            if value.shape != (count,):
                raise ArgumentError(f"`{name}` must have shape {(count,)}, "
                                    f"but has shape {value.shape}.")
            if not (np.isfinite(value) | ((name == "reservation") & np.isneginf(value))).all():
                raise ArgumentError(f"`{name}` must be finite, but is {value}.")
        for rule in self.rules:
            if rule.bonus.shape != (count,) or not np.isfinite(rule.bonus).all():
                raise ArgumentError(f"`bonus` of a rule must be finite, of shape {(count,)}.")
        with np.errstate(over="ignore"):
            size = np.abs(self.base) + sum(np.abs(worth).max(axis=1) for worth in self.worth)
            size = size + sum(np.abs(rule.bonus) for rule in self.rules)
        for party, largest in zip(self.parties, size, strict=True):
            if largest > LARGEST:
                raise ArgumentError(f"Utilities of {party} are above {LARGEST:g} in size, too "
                                    "large to compute with. Divide them all.")
        boxes: tuple[Rule | Forbidden, ...] = (*self.rules, *self.forbidden)
        for box in boxes:
            self._check(box)

    def _check(self, box: Rule | Forbidden) -> None:
        """The combination names issues and options that there are."""
        if len(box.issues) != len(box.options) or len(set(box.issues)) != len(box.issues):
            raise ArgumentError("A combination must name each of its issues once.")
        for issue, options in zip(box.issues, box.options, strict=True):
            if not 0 <= issue < len(self.issues):
                raise ArgumentError(f"A combination must name issues 0..{len(self.issues) - 1}.")
            if not options or not all(0 <= o < len(self.options[issue]) for o in options):
                raise ArgumentError(f"A combination must name options of `{self.issues[issue]}`, "
                                    f"0..{len(self.options[issue]) - 1}.")

    @property
    def sizes(self) -> tuple[int, ...]:
        """Number of options of each issue."""
        return tuple(map(len, self.options))

    @property
    def size(self) -> int:
        """Number of packages before constraints; exact at any size."""
        return math.prod(self.sizes)

    @property
    def additive(self) -> bool:
        """Whether utilities add up over issues."""
        return not self.rules

    def utilities(self, packages: Integers) -> Floats:
        """u of packages, `(party, package)`; `packages` is `(package, issue)`.

        Issues are added up one after the other, then rules: the order of every other sum here.
        """
        utility = np.repeat(self.base[:, None], len(packages), axis=1)
        for issue, worth in enumerate(self.worth):
            utility += worth[:, packages[:, issue]]
        for rule in self.rules:
            utility += rule.bonus[:, None] * rule.fulfilled(packages)
        return utility

    def allowed(self, packages: Integers) -> Booleans:
        """`(package,)`: which packages no constraint forbids."""
        allowed = np.ones(len(packages), dtype=bool)
        for rule in self.forbidden:
            allowed &= ~rule.holds(packages, rule.issues)
        return allowed

    def named(self, package: Integers) -> dict[str, str]:
        """One package, `(issue,)`, as issue -> option."""
        return {issue: names[int(option)] for issue, names, option
                in zip(self.issues, self.options, package, strict=True)}


def from_space(space: Space, draw: int = 0, x: float = 0.0, title: str = "",
               disagreement: Floats | None = None, reservation: Floats | None = None) -> Domain:
    """A scenario's agreement space in one draw at a position, as a domain.

    Args:
        space: the space of every draw.
        draw: which of them.
        x: position in [-1, 1].
        title: what to call it.
        disagreement: `(party,)`; zeros by default.
        reservation: `(party,)`; none by default.
    """
    share, offsets, owner = space.share(x)[:, :, draw], space.offsets, space.owner
    keep = [np.flatnonzero(space.available[start:start + len(names)])
            for start, names in zip(offsets, space.options, strict=True)]
    place = [{int(option): n for n, option in enumerate(kept)} for kept in keep]

    def box(issues: tuple[int, ...], options: tuple[tuple[int, ...], ...]
            ) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(place[i][o] for o in sorted(held) if o in place[i])
                     for i, held in zip(issues, options, strict=True))

    rules = []
    for n, pair in enumerate(space.pairs):
        held = sorted((int(owner[flat]), int(flat - offsets[owner[flat]])) for flat in pair)
        issues = tuple(issue for issue, _ in held)
        options = box(issues, tuple((option,) for _, option in held))
        if all(options):
            rules.append(Rule(issues, options, space.bonus[:, n, draw].copy()))
    forbidden = [Forbidden(rule.issues, options) for rule in space.forbidden
                 if all(options := box(rule.issues, rule.options))]
    return Domain(
        space.parties, space.issues,
        tuple(tuple(names[int(o)] for o in kept)
              for names, kept in zip(space.options, keep, strict=True)),
        tuple(share[:, start + kept] for start, kept in zip(offsets, keep, strict=True)),
        tuple(rules), tuple(forbidden),
        np.zeros(0) if disagreement is None else disagreement,
        np.zeros(0) if reservation is None else reservation, title=title)
