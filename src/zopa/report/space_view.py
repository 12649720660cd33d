"""What `zopa zone` found, as its page, charts and terminal read it.

Names are those of the file that was read; numbers are each party's own utilities.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zopa.report.wording import capital, join, number, percent

ROUNDING = 1e-9
"""Of a range: no gap."""
LISTED = 6
"""Names that a sentence lists before it says how many more there are."""


@dataclass(frozen=True)
class SpaceView:
    """An answered domain.

    Attributes:
        data: the content of the JSON.
        drawn: packages to draw, each with its `package` (issue -> option), `utility`, `in_zone`.
        all_drawn: whether these are all packages.
        told: what provisions lists and uncertain preferences add, in sentences: title -> lines.
        values: for each issue and option its value to each party: rows of issue, option, values.
    """

    data: Mapping[str, Any]
    drawn: Sequence[Mapping[str, Any]] = ()
    all_drawn: bool = True
    told: Mapping[str, Sequence[str]] = field(default_factory=dict)
    values: Sequence[tuple[str, str, tuple[float, ...]]] = ()

    @property
    def parties(self) -> list[str]:
        """Their names, in order."""
        return list(self.data["domain"]["parties"])

    @property
    def issues(self) -> list[str]:
        """Their names, in order."""
        return list(self.data["domain"]["issue_order"])

    @property
    def title(self) -> str:
        """What the domain is called."""
        return self.data["domain"]["title"] or join(self.parties)

    def package(self, package: Mapping[str, str]) -> list[tuple[str, str]]:
        """Issue and option of a package, in the order of issues."""
        return [(issue, package[issue]) for issue in self.issues]

    def terms(self, point: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Issue and option of a fair point; where it mixes options, each with its share."""
        shares: dict[str, dict[str, float]] = {issue: {} for issue in self.issues}
        for part in point["mixture"] or [{"package": point["package"], "share": 1.0}]:
            for issue, option in self.package(part["package"]):
                shares[issue][option] = shares[issue].get(option, 0.0) + part["share"]
        return [(issue, next(iter(held)) if len(held) == 1 else " / ".join(
            f"{option} ({percent(share)})" for option, share in held.items()))
            for issue, held in shares.items()]

    @property
    def exact(self) -> bool:
        """Whether the frontier is the true one, but for rounding."""
        found, span = self.data["frontier"], self.data["text"]["ranges"]
        return found["exact"] or all(found["epsilon"][party] <= ROUNDING * span[party]
                                     for party in self.parties)

    @property
    def reserved(self) -> bool:
        """Whether any party has a reservation value."""
        return any(value is not None for value in self.data["reservation"].values())

    def worth(self, utility: Mapping[str, float | None]) -> str:
        """`66 for the United States and 61 for Panama`."""
        return join([f"{utility_text(utility[party])} for {party}" for party in self.parties])


def utility_text(value: float | None) -> str:
    """A utility with four significant digits."""
    return number(value, 4)


def point_name(name: str) -> str:
    """A fair point's name as a reader meets it."""
    return capital(name.replace("Kalai-Smorodinsky", "Kalai–Smorodinsky"))


def listed(names: Sequence[str], most: int = LISTED) -> str:
    """`a, b and c`; of many the first and how many more."""
    if len(names) <= most:
        return join(list(names))
    return f"{', '.join(names[:most])} and {len(names) - most:,} more"
