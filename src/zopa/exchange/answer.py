"""What `zopa zone` answers: from what was read to frontier, fair points, zone and single text.

1. Reservation values and the disagreement point may be put in the place of those that were read.
2. The frontier, exact or between two proven bounds; on it the fair points; the zone.
3. A mediator's single text from a start that is named, or near no agreement.
4. Packages to draw: all of them where they are few, else a sample that says so.

Everything is a function of the input: no time, no version, no seed but the fixed one of the sample.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

import numpy as np

from zopa.agreement.space import Booleans, Floats, Integers
from zopa.core.errors import ArgumentError
from zopa.exchange.elicited import Elicited
from zopa.exchange.imported import Imported
from zopa.exchange.provisions import ImportedProvisions
from zopa.spaces.domain import Domain
from zopa.spaces.efficient import Efficient
from zopa.spaces.frontier import BUDGET, frontier
from zopa.spaces.points import FairPoint, points
from zopa.spaces.single_text import SingleText, single_text
from zopa.spaces.starts import start as find_start
from zopa.spaces.ties import slack
from zopa.spaces.zone import ZoneFound, zone

DRAWN = 2000
"""Packages drawn at most, beside the frontier."""
SEED = 0
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, eq=False)
class Answered:
    """Everything that was found.

    Attributes:
        imported: what was read, with the reservation values and disagreement that were asked for.
        efficient: the frontier.
        points: the fair points.
        zone: the zone.
        text: the single text.
        drawn: `(package, issue)`, packages to draw.
        all_drawn: whether these are all.
        provisions: what is asked of a provisions list; None for anything else.
        robust: what uncertain preferences say; None where none are uncertain.
    """

    imported: Imported
    efficient: Efficient
    points: tuple[FairPoint, ...]
    zone: ZoneFound
    text: SingleText
    drawn: Integers
    all_drawn: bool
    provisions: Mapping[str, Any] | None = None
    robust: Mapping[str, Any] | None = None

    @property
    def domain(self) -> Domain:
        """The issues, options and utilities."""
        return self.imported.domain

    def inside(self, utility: Floats) -> Booleans:
        """`(package,)`: whether utilities, `(package, party)`, are in the zone."""
        floor = self.domain.reservation - slack(self.domain)
        held: Booleans = np.all(utility >= floor, axis=1)
        return held


def answer(imported: Imported, reserve: Mapping[str, float] | None = None,
           disagreement: Mapping[str, float] | None = None, begin: Sequence[str] = (),
           budget: int = BUDGET, progress: Progress | None = None) -> Answered:
    """Everything that `zopa zone` says.

    Args:
        imported: what was read.
        reserve: party -> reservation value, in the place of the one read.
        disagreement: party -> utility without an agreement, likewise.
        begin: `issue=option` of the package that the single text starts from; others are free.
        budget: packages or sums that the search for the frontier may hold.
        progress: told what is done, how much of it, and of how much.

    Raises:
        ArgumentError: an unknown party, issue or option, or constraints that leave no package.
    """
    def told(what: str) -> Callable[[int, int], None] | None:
        return None if progress is None else lambda done, total: progress(what, done, total)

    domain = replace(
        imported.domain,
        reservation=_put(imported.domain, imported.domain.reservation, reserve or {}),
        disagreement=_put(imported.domain, imported.domain.disagreement, disagreement or {}))
    begun = find_start(domain, named_options(domain, begin))
    efficient = frontier(domain, budget, told("Finding the frontier"))
    fair = points(domain, efficient)
    found = zone(domain, efficient, fair)
    text = single_text(domain, begun.package, efficient)
    drawn, every = sample(domain)
    return Answered(replace(imported, domain=domain), efficient, fair, found,
                    replace(text, chosen=begun.chosen), drawn, every,
                    *_more(imported, domain, bool(reserve), told("Drawing preferences")))


def _more(imported: Imported, domain: Domain, reserved: bool,
          progress: Callable[[int, int], None] | None
          ) -> tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]:
    """What only a provisions list, and only uncertain preferences, are asked."""
    if isinstance(imported, ImportedProvisions):
        if reserved:
            raise ArgumentError("a provisions list has thresholds on the mean: give --threshold in "
                                "the place of --reserve.")
        from zopa.exchange.provisions_answer import answer as of_list

        return of_list(imported), None
    if isinstance(imported, Elicited) and imported.uncertain is not None:
        from zopa.exchange.robust_answer import robust_answer

        return None, robust_answer(imported, domain, progress=progress)
    return None, None


def _put(domain: Domain, values: Floats, given: Mapping[str, float]) -> Floats:
    """Values with some of them replaced, by party."""
    changed = values.copy()
    for party, value in given.items():
        if party not in domain.parties:
            raise ArgumentError(f"there is no party '{party}'. {_instead(party, domain.parties)}")
        if not (np.isfinite(value) or np.isneginf(value) and values is domain.reservation):
            raise ArgumentError(f"the value of '{party}' must be a finite number.")
        changed[domain.parties.index(party)] = value
    return changed


def named_options(domain: Domain, texts: Sequence[str]) -> dict[int, int]:
    """Issue -> option from `issue=option`, one or several in a text with commas between them.

    Raises:
        ArgumentError: an issue or option that there is not, or an issue named twice.
    """
    fixed: dict[int, int] = {}
    for part in (part for text in texts for part in _parts(domain, text)):
        issue, option = _issue_of(domain, part)
        if issue in fixed:
            raise ArgumentError(f"'{domain.issues[issue]}' is named twice in --from.")
        names = domain.options[issue]
        if option not in names:
            raise ArgumentError(f"issue '{domain.issues[issue]}' has no option '{option}'. "
                                f"{_instead(option, names)}")
        fixed[issue] = names.index(option)
    return fixed


def _parts(domain: Domain, text: str) -> list[str]:
    """A text cut at the commas after which the name of an issue follows."""
    parts: list[str] = []
    for piece in text.split(","):
        begins = any(piece.strip().startswith(f"{name}=") for name in domain.issues)
        if parts and not begins and _continues(domain, parts[-1], piece):
            parts[-1] += f",{piece}"
        else:
            parts.append(piece)
    return [part.strip() for part in parts if part.strip()]


def _continues(domain: Domain, part: str, piece: str) -> bool:
    """Whether a piece after a comma belongs to the name of an option before it."""
    return any(f"{name}={option}".startswith(f"{part.strip()},{piece}")
               for name, options in zip(domain.issues, domain.options, strict=True)
               for option in options)


def _issue_of(domain: Domain, part: str) -> tuple[int, str]:
    """The issue that a part begins with, the longest of several, and what follows it."""
    fitting = [name for name in domain.issues if part.startswith(f"{name}=")]
    if not fitting:
        name = part.partition("=")[0]
        if "=" not in part:
            raise ArgumentError(f"'{part}' must be issue=option, e.g. {domain.issues[0]}="
                                f"{domain.options[0][0]}.")
        raise ArgumentError(f"there is no issue '{name}'. {_instead(name, domain.issues)}")
    name = max(fitting, key=len)
    return domain.issues.index(name), part[len(name) + 1:]


def _instead(given: str, names: Sequence[str]) -> str:
    close = get_close_matches(given, names, 1)
    if close:
        return f"Did you mean '{close[0]}'?"
    more = ", ..." if len(names) > 8 else ""
    return f"There are: {', '.join(names[:8])}{more}."


def sample(domain: Domain, most: int = DRAWN) -> tuple[Integers, bool]:
    """Packages to draw, `(package, issue)`, and whether they are all.

    A sample is uniform over the packages before constraints; those forbidden are then left out.
    """
    if domain.size <= most:
        index = np.unravel_index(np.arange(domain.size), domain.sizes)
        packages = np.stack(index, axis=1).astype(np.int64)
        return packages[domain.allowed(packages)], True
    chance = np.random.Generator(np.random.PCG64(SEED))
    packages = np.stack([chance.integers(size, size=most) for size in domain.sizes], axis=1)
    packages = np.unique(packages, axis=0)
    return packages[domain.allowed(packages)], False
