"""What differs from the base case: the changes in words, and the main numbers beside base.

Differences are between answers from equally many draws: the same ones with and without the
changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zopa.report.view import View
from zopa.report.wording import (
    NONE,
    decimal,
    number,
    percent,
    percent_range,
    points,
    signed,
    spread_range,
)
from zopa.scenario.setting import Setting

if TYPE_CHECKING:
    from zopa.whatif.controls import Controls

YEAR = 12


def described(setting: Setting, controls: Controls) -> tuple[str, ...]:
    """Every change as a sentence, levers first."""
    levers = {c.name: c for c in controls.levers}
    inputs = {c.path: c for group in controls.groups for c in group.inputs}
    claims = {c.name: c for c in controls.claims}
    found = []
    for name, dose in setting.levers:
        title = levers[name].title if name in levers else name
        found.append(f"On: {title}" + ("" if dose == 1.0 else f", dose {number(dose)}"))
    for path, value in setting.inputs:
        control = inputs.get(path)
        if control is None:
            found.append(f"Held: {path} at {number(value, 5)}")
        else:
            found.append(f"Held: {control.title} at {number(value, 5)} {control.unit}".rstrip()
                         + f" (central value {number(control.central, 5)})")
    for name, true in setting.claims:
        says = claims[name].says if name in claims else name
        found.append(f"Taken as {'true' if true else 'false'}: {says}")
    return tuple(found)


@dataclass(frozen=True)
class Measure:
    """One main number of a view.

    Attributes:
        name: what it is.
        value: None where it is not defined.
        range: its interval as written; empty where there is none.
        write, differ: how the value and a difference are written.
    """

    name: str
    value: float | None
    range: str
    write: Callable[[float | None], str]
    differ: Callable[[float | None], str]

    @property
    def text(self) -> str:
        """The value with its interval."""
        written = self.write(self.value)
        return written if not self.range or self.range in (NONE, written) else (
            f"{written} ({self.range})")


def measures(view: View) -> tuple[Measure, ...]:
    """The main numbers that a view has."""
    return tuple(_measures(view))


def _measures(view: View) -> Iterator[Measure]:
    zone = view.section("zone")
    if zone is not None:
        low, high = zone.get("probability_interval") or (None, None)
        yield Measure("There is a zone", zone.get("probability"), percent_range(low, high),
                      percent, points)
        curve = zone.get("deal_by_month")
        if curve:
            year = min(YEAR, len(curve) - 1)
            band = zone["deal_by_month_spread"][year]
            yield Measure(f"A deal within {view.periods(year)}", curve[year],
                          percent_range(band["low"], band["high"]), percent, points)
        predicted = zone.get("predicted") or {}
        key = "terms" if predicted.get("terms") else "utilities"
        for party in view.sides:
            yield _utility(f"Predicted terms for {view.party(party)}", predicted, key, party)
        for party in view.sides:
            yield _utility(f"Never agreeing, for {view.party(party)}", zone, "disagreement", party)
    outlook = view.section("outlook")
    if outlook is not None:
        band = outlook["by_month_spread"]["fighting"]
        yield Measure(
            f"Still fighting after {view.periods(outlook['months'][-1])} with no deal",
            outlook["by_month"]["fighting"][-1],
            percent_range(band["low"][-1], band["high"][-1]), percent, points)


def _utility(name: str, answer: Any, key: str, party: str) -> Measure:
    spread = (answer.get(f"{key}_spread") or {}).get(party)
    return Measure(name, (answer.get(key) or {}).get(party), spread_range(spread), decimal, signed)


def table(now: View, others: Sequence[View]) -> tuple[tuple[str, ...], ...]:
    """A row a number: its name, each of the others, now, and now less the first of the others."""
    columns = [{m.name: m for m in measures(view)} for view in others]
    rows = []
    for own in measures(now):
        there = [column.get(own.name) for column in columns]
        first = there[0] if there else None
        known = first is not None and first.value is not None and own.value is not None
        differs = (own.value - first.value if known and first is not None
                   and own.value is not None and first.value is not None else None)
        rows.append((own.name, *(m.text if m else NONE for m in there), own.text,
                     own.differ(differs)))
    return tuple(rows)
