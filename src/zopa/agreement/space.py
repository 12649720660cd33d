"""The agreement space: issues, options, packages, and what each party makes of them.

With w the weights, v the values, s the slopes and x the position in [-1, 1],

    v_ij(o, x) = min(1, max(0, v_ij(o) + s_ij(o) x))
    u_i(package, x) = sum_j w_ij v_ij(o_j, x) + sum of the interactions whose two options it holds.

x = 1 is the end of the battlefield window that the scenario's position favours, x = 0 its middle.
Every number has a last axis `draw`; nothing here depends on how a scenario is written down, and
every operation treats the parties alike.

Reference: Keeney and Raiffa (1976), Decisions with Multiple Objectives, for additive values;
Raiffa (1982), The Art and Science of Negotiation, for packages of issues.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from zopa.core.errors import ArgumentError

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

BLOCK = 65_536
"""Packages enumerated at a time."""
_ROWS = 64


@dataclass(frozen=True)
class Forbidden:
    """A combination that cannot be agreed: one of `options[n]` on every issue `issues[n]` at once.

    Attributes:
        issues: indices of the issues.
        options: for each of them the options (their index within the issue) that clash.
    """

    issues: tuple[int, ...]
    options: tuple[tuple[int, ...], ...]

    def holds(self, packages: Integers, columns: tuple[int, ...]) -> Booleans:
        """Which packages hold the combination; `columns` are the columns of its issues."""
        clash = np.ones(len(packages), dtype=bool)
        for column, options in zip(columns, self.options, strict=True):
            clash &= np.isin(packages[:, column], options)
        return clash


@dataclass(frozen=True, eq=False)
class Space:
    """Issues, options and the parties' utilities, for a batch of draws.

    Options are numbered through all issues ("flat"): those of the first issue first.

    Attributes:
        parties: names, in the order of the axis `party`.
        issues: names, in the order of the axis `issue`.
        options: for each issue the names of its options.
        weight: `(party, issue, draw)`, w >= 0.
        value: `(party, option, draw)`, v at x = 0.
        moving: flat indices of the options whose value depends on the position.
        slope: `(party, moving, draw)`, s; change of the value from x = 0 to x = 1.
        pairs: flat indices of the two options of each interaction, on different issues.
        bonus: `(party, pair, draw)`, utility added by each interaction.
        forbidden: combinations that cannot be agreed.
        available: `(option,)`, False where an option is not on the table.

    Raises:
        ArgumentError: an array of another shape, or an index out of range, by its name.
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    weight: Floats
    value: Floats
    moving: tuple[int, ...] = ()
    slope: Floats = field(default_factory=lambda: np.zeros((0, 0, 0)))
    pairs: tuple[tuple[int, int], ...] = ()
    bonus: Floats = field(default_factory=lambda: np.zeros((0, 0, 0)))
    forbidden: tuple[Forbidden, ...] = ()
    available: Booleans = field(default_factory=lambda: np.zeros(0, dtype=bool))

    def __post_init__(self) -> None:
        parties, total = len(self.parties), sum(map(len, self.options))
        if len(self.options) != len(self.issues):
            raise ArgumentError(f"`options` must name the options of {len(self.issues)} issues, "
                                f"but has {len(self.options)}.")
        for name, empty in (("slope", not self.moving), ("bonus", not self.pairs)):
            if empty:
                object.__setattr__(self, name, np.zeros((parties, 0, self.draws)))
        if not self.available.size:
            object.__setattr__(self, "available", np.ones(total, dtype=bool))
        shapes = {"weight": (parties, len(self.issues), self.draws),
                  "value": (parties, total, self.draws),
                  "slope": (parties, len(self.moving), self.draws),
                  "bonus": (parties, len(self.pairs), self.draws),
                  "available": (total,)}
        for name, shape in shapes.items():
            if getattr(self, name).shape != shape:
                raise ArgumentError(f"Argument `{name}` must have shape {shape}, "
                                    f"but has shape {getattr(self, name).shape}.")
        named = [*self.moving, *(option for pair in self.pairs for option in pair)]
        if any(not 0 <= option < total for option in named):
            raise ArgumentError(f"`moving` and `pairs` must name options 0..{total - 1}.")
        owner = self.owner
        if any(owner[a] == owner[b] for a, b in self.pairs):
            raise ArgumentError("The two options of an interaction must be on different issues.")

    @property
    def draws(self) -> int:
        """Number of draws."""
        return int(self.weight.shape[-1])

    @property
    def offsets(self) -> Integers:
        """`(issue,)`: flat index of each issue's first option."""
        counts = [0, *map(len, self.options)]
        return np.cumsum(counts[:-1], dtype=np.int64)

    @property
    def owner(self) -> Integers:
        """`(option,)`: the issue of each option."""
        return np.repeat(np.arange(len(self.issues)), [len(names) for names in self.options])

    def take(self, draws: slice) -> Space:
        """The same space for some of the draws."""
        return replace(self, weight=self.weight[..., draws], value=self.value[..., draws],
                       slope=self.slope[..., draws], bonus=self.bonus[..., draws])

    def share(self, x: float | Floats = 0.0) -> Floats:
        """w_ij v_ij(o, x): what each option adds, `(party, option, draw)`.

        Args:
            x: position in [-1, 1], one or `(draw,)`.
        """
        value = self.value
        if self.moving:
            value = value.copy()
            value[:, list(self.moving)] += self.slope * x
        share: Floats = self.weight[:, self.owner] * np.clip(value, 0.0, 1.0)
        return share

    def stream(self, block: int = BLOCK) -> Iterator[Integers]:
        """Allowed packages in blocks: `(package, issue)`, the option's index within its issue.

        The last issue's option changes fastest; constraints and availability are applied.
        """
        offsets = self.offsets
        choices = [np.flatnonzero(self.available[start:start + len(names)])
                   for start, names in zip(offsets, self.options, strict=True)]
        sizes = tuple(map(len, choices))
        total = math.prod(sizes)
        for first in range(0, total, block):
            indices = np.unravel_index(np.arange(first, min(first + block, total)), sizes)
            packages = np.stack([choice[index] for choice, index
                                 in zip(choices, indices, strict=True)], axis=1)
            allowed = np.ones(len(packages), dtype=bool)
            for rule in self.forbidden:
                allowed &= ~rule.holds(packages, rule.issues)
            yield packages[allowed]

    def packages(self) -> Integers:
        """All allowed packages, `(package, issue)`.

        Raises:
            ArgumentError: the constraints leave none.
        """
        packages = np.concatenate([np.zeros((0, len(self.issues)), dtype=np.int64),
                                   *self.stream()])
        if not len(packages):
            raise ArgumentError("The constraints leave no package: nothing could be agreed. "
                                "Drop one, or make an option available.")
        return packages

    def utilities(self, packages: Integers, x: float | Floats = 0.0) -> Floats:
        """u_i of packages at a position: `(party, package, draw)`.

        Args:
            packages: `(package, issue)`, one set for all draws; or `(package, draw, issue)`,
                another one in each draw.
            x: position in [-1, 1], one or `(draw,)`.
        """
        share, flat = self.share(x), packages + self.offsets
        utility = np.zeros((len(self.parties), flat.shape[0], self.draws))
        for first in range(0, len(flat), _ROWS):
            rows = slice(first, first + _ROWS)
            self._add_up(share, flat[rows], utility[:, rows])
        return utility

    def _add_up(self, share: Floats, flat: Integers, utility: Floats) -> None:
        """Add to `utility` what the options of the packages give, and their interactions."""
        each = flat.ndim == 3
        column = np.arange(self.draws)
        for issue in range(len(self.issues)):
            option = flat[..., issue]
            utility += share[:, option, column] if each else share[:, option]
        owner = self.owner
        for n, (one, other) in enumerate(self.pairs):
            both = (flat[..., owner[one]] == one) & (flat[..., owner[other]] == other)
            utility += self.bonus[:, n, None] * (both if each else both[:, None])

    def named(self, package: Integers) -> dict[str, str]:
        """One package, `(issue,)`, as issue -> option."""
        return {issue: names[int(option)] for issue, names, option
                in zip(self.issues, self.options, package, strict=True)}

    def indexed(self, package: dict[str, str]) -> Integers:
        """The inverse of `named`.

        Raises:
            ArgumentError: an issue is missing, or an option is not one of its issue.
        """
        chosen = []
        for issue, names in zip(self.issues, self.options, strict=True):
            if package.get(issue) not in names:
                raise ArgumentError(f"A package must settle `{issue}` by one of "
                                    f"{', '.join(names)}, but has {package.get(issue)}.")
            chosen.append(names.index(package[issue]))
        return np.array(chosen, dtype=np.int64)
