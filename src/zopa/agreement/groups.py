"""Groups of linked issues: the parts of an agreement space that can be settled one by one.

Issues that a constraint or an interaction ties together form a group (a connected component); the
set of packages is the product of the groups' joint options, and utilities add up over groups.
Hence the set of attainable utilities is the Minkowski sum of the groups' sets.

Within a group, joint options that hold the same position-dependent options (the same *strand*)
move together when the position changes: their differences never do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from zopa.agreement.space import Floats, Integers, Space
from zopa.core.errors import ArgumentError

MOST_JOINT_OPTIONS = 250_000
"""Joint options of one group before filtering; more is refused."""


@dataclass(frozen=True, eq=False)
class Strand:
    """Joint options that move together.

    Attributes:
        moving: which of the space's `moving` options all of them hold (indices into it).
        rows: `(row,)`, their rows in the group's `joint`.
    """

    moving: tuple[int, ...]
    rows: Integers


@dataclass(frozen=True, eq=False)
class Group:
    """Issues settled together.

    Attributes:
        issues: indices of the issues.
        joint: `(joint option, issue of the group)`, the options' indices within their issues.
        strands: a partition of the rows of `joint`.
    """

    issues: tuple[int, ...]
    joint: Integers
    strands: tuple[Strand, ...]

    @property
    def moves(self) -> bool:
        """Whether any joint option depends on the position."""
        return any(strand.moving for strand in self.strands)


def components(space: Space) -> list[tuple[int, ...]]:
    """Issues linked by constraints or interactions, each component in the order of the issues."""
    root = list(range(len(space.issues)))

    def find(issue: int) -> int:
        while root[issue] != issue:
            issue = root[issue]
        return issue

    owner = space.owner
    links = [rule.issues for rule in space.forbidden]
    links += [(int(owner[one]), int(owner[other])) for one, other in space.pairs]
    for link in links:
        for issue in link[1:]:
            one, other = sorted((find(link[0]), find(issue)))
            root[other] = one
    roots = [find(issue) for issue in range(len(root))]
    return [tuple(i for i, r in enumerate(roots) if r == own) for own in sorted(set(roots))]


def groups(space: Space) -> tuple[Group, ...]:
    """The groups of a space, in the order of their first issues.

    1. Link issues named by the same constraint or interaction.
    2. Enumerate the joint options of each component; drop those a constraint forbids.
    3. Sort them into strands by the position-dependent options they hold.

    Raises:
        ArgumentError: a group has no joint option left, or too many to enumerate.
    """
    return tuple(_group(space, issues) for issues in components(space))


def _group(space: Space, issues: tuple[int, ...]) -> Group:
    offsets = space.offsets
    choices = [np.flatnonzero(space.available[offsets[j]:offsets[j] + len(space.options[j])])
               for j in issues]
    names = ", ".join(space.issues[j] for j in issues)
    if math.prod(map(len, choices)) > MOST_JOINT_OPTIONS:
        raise ArgumentError(f"The issues {names} are tied together and have more than "
                            f"{MOST_JOINT_OPTIONS} joint options. Use fewer constraints or "
                            "interactions between them.")
    joint = np.stack(np.meshgrid(*choices, indexing="ij"), axis=-1).reshape(-1, len(issues))
    column = {issue: n for n, issue in enumerate(issues)}
    for rule in space.forbidden:
        if rule.issues[0] in column:
            joint = joint[~rule.holds(joint, tuple(column[j] for j in rule.issues))]
    if not len(joint):
        raise ArgumentError(f"The constraints leave no package: nothing is left for {names}. "
                            "Drop a constraint, or make an option available.")
    flat = joint + offsets[list(issues)]
    held = np.stack([(flat == option).any(axis=1) for option in space.moving], axis=1) \
        if space.moving else np.zeros((len(joint), 0), dtype=bool)
    kinds, strand_of = np.unique(held, axis=0, return_inverse=True)
    strands = tuple(Strand(tuple(map(int, np.flatnonzero(kind))),
                           np.flatnonzero(strand_of.reshape(-1) == n))
                    for n, kind in enumerate(kinds))
    return Group(issues, joint.astype(np.int64), strands)


def draws_at_a_time(parts: tuple[Group, ...], block: int, numbers: int) -> int:
    """A block of draws small enough that the largest group's utilities are `numbers` at most."""
    largest = max(len(group.joint) for group in parts)
    return max(1, min(block, numbers // largest))


def still(space: Space, group: Group) -> Floats:
    """What the joint options give without their position-dependent parts.

    Returns:
        `(party, joint option, draw)`: fixed options and interactions.
    """
    share = space.share()
    share[:, list(space.moving)] = 0.0
    return _sum(space, group, share)


def at(space: Space, group: Group, x: float | Floats) -> Floats:
    """What the joint options give at position x: `(party, joint option, draw)`."""
    return _sum(space, group, space.share(x))


def shifts(space: Space, strand: Strand, positions: Floats) -> Floats:
    """What a strand's position-dependent options give: `(party, position, draw)`.

    Args:
        space: the space.
        strand: a strand of one of its groups.
        positions: `(position,)` in [-1, 1].
    """
    total = np.zeros((len(space.parties), len(positions), space.draws))
    for n in strand.moving:
        option = space.moving[n]
        value = space.value[:, option, None] + space.slope[:, n, None] * positions[:, None]
        total += space.weight[:, space.owner[option], None] * np.clip(value, 0.0, 1.0)
    return total


def _sum(space: Space, group: Group, share: Floats) -> Floats:
    flat = group.joint + space.offsets[list(group.issues)]
    total = np.zeros((len(space.parties), len(flat), space.draws))
    for n in range(len(group.issues)):
        total += share[:, flat[:, n]]
    owner = space.owner
    for n, (one, other) in enumerate(space.pairs):
        if owner[one] in group.issues:
            both = (flat == one).any(axis=1) & (flat == other).any(axis=1)
            total += space.bonus[:, n, None] * both[:, None]
    return total
