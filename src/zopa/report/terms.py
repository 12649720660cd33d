"""The terms issue by issue: what is predicted, what is settled, what is still live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zopa.report.cards import Link
from zopa.report.inputs import anchor
from zopa.report.view import View
from zopa.report.wording import decimal, percent
from zopa.scenario.number import central

SETTLED = 0.66


@dataclass(frozen=True)
class OptionRow:
    """One option of an issue.

    Attributes:
        title: of the option.
        predicted: it stands in the package nearest to the predicted agreement.
        values: its central value to each side, with the place of the input it comes from.
        chance: share of the draws whose nearest package has it; empty where none is predicted.
        zone: probability that some package of the zone has it.
        settled: probability that every package of the zone has it.
        zone_share: `zone` as a number, for the bar.
    """

    title: str
    predicted: bool
    values: tuple[Link, ...]
    chance: str
    zone: str
    settled: str
    zone_share: float


@dataclass(frozen=True)
class IssueRow:
    """One issue with its options, and whether it is settled or live."""

    title: str
    state: str
    options: tuple[OptionRow, ...]


def issues(view: View) -> list[IssueRow]:
    """All issues, in the order of the scenario."""
    zone = view.section("zone")
    if zone is None:
        return []
    predicted = zone.get("predicted") or {}
    package = predicted.get("package") or {}
    rows = []
    for key, issue in view.scenario.issues.items():
        inside = (zone.get("options") or {}).get(key) or {}
        agreed = (zone.get("settled") or {}).get(key) or {}
        options = []
        for option, spec in issue.options.items():
            values = tuple(
                Link(anchor(f"issues.{key}.options.{option}.values.{party}"),
                     decimal(central(spec.values[party])) if party in spec.values else "–")
                for party in view.sides)
            options.append(OptionRow(
                spec.title, package.get(key) == option, values, _chance(predicted, key, option),
                percent(inside.get(option)),
                percent(agreed.get(option)), inside.get(option) or 0.0))
        rows.append(IssueRow(issue.title, _state(view, key, agreed, zone.get("live") or ()),
                             tuple(options)))
    return rows


def _chance(predicted: Mapping[str, Any], issue: str, option: str) -> str:
    share = ((predicted.get("options") or {}).get(issue) or {}).get(option)
    return "" if share is None else percent(share)


def _state(view: View, issue: str, agreed: dict[str, float | None], live: Sequence[str]) -> str:
    """Settled, where every package of the zone has one option; else live."""
    best = max(agreed, key=lambda o: agreed[o] or 0.0, default=None)
    share = (agreed.get(best) or 0.0) if best is not None else 0.0
    if best is not None and share >= SETTLED and issue not in live:
        return f"settled: {view.option(issue, best)}"
    return "live"
