"""How a solve ended: every member's text is the message shown to the user.

A solve never raises on numerics. What it found, and how far that can be trusted, is its status;
`settled` says whether the values solve the game, `unique` whether no other solution is possible.
"""

from __future__ import annotations

from enum import Enum


class Status(Enum):
    """Outcome of a solve; `str(status)` is the message."""

    CONVERGED = "converged: the only solution under the rule that ties agree"
    NOT_CERTIFIED = (
        "converged to one solution from every start tried, but that it is the only one is not "
        "certified (deals that lapse or outside options)"
    )
    NOT_UNIQUE = "more than one outcome: see the alternatives, and the status of each"
    CYCLE = (
        "no stationary solution was reached from war: the iteration cycles; the alternatives are "
        "the other points of the cycle and any solution reached from peace"
    )
    NOT_SETTLED = (
        "not settled: the iteration did not come to rest; the values shown are its last ones. "
        "A finite horizon always has one solution"
    )
    HORIZON_SENSITIVE = (
        "horizon-sensitive: a horizon up to twice as long moves a value by more than 0.005 of the "
        "frontier's range or changes an agreement. Give a longer horizon"
    )

    def __str__(self) -> str:
        return self.value

    @property
    def settled(self) -> bool:
        """Whether the values returned solve the game (to rounding)."""
        return self not in (Status.CYCLE, Status.NOT_SETTLED)

    @property
    def unique(self) -> bool:
        """Whether no other solution is possible."""
        return self in (Status.CONVERGED, Status.HORIZON_SENSITIVE)
