"""The terms issue by issue: what is predicted, what is settled, what is still live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zopa.report.view import View
from zopa.report.wording import percent

SETTLED = 0.66
NEVER = 0.05


@dataclass(frozen=True)
class OptionRow:
    """One option of an issue.

    Attributes:
        title: of the option.
        predicted: it stands in the package nearest to the predicted agreement.
        weight: its weight in the mixture that the predicted agreement is; empty where none.
        zone: probability that some package of the zone has it.
        settled: probability that every package of the zone has it.
        zone_share: `zone` as a number, for the bar.
    """

    title: str
    predicted: bool
    weight: str
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
    mixture = predicted.get("mixture") or []
    rows = []
    for key, issue in view.scenario.issues.items():
        inside = (zone.get("options") or {}).get(key) or {}
        agreed = (zone.get("settled") or {}).get(key) or {}
        options = []
        for option in issue.options:
            weight = sum(part["weight"] for part in mixture if part["package"].get(key) == option)
            options.append(OptionRow(
                issue.options[option].title, package.get(key) == option,
                percent(weight) if weight else "", percent(inside.get(option)),
                percent(agreed.get(option)), inside.get(option) or 0.0))
        rows.append(IssueRow(issue.title, _state(view, key, agreed, zone.get("live") or ()),
                             tuple(options)))
    return rows


def _state(view: View, issue: str, agreed: dict[str, float | None], live: Sequence[str]) -> str:
    """Settled, where every package of the zone has one option; else live."""
    best = max(agreed, key=lambda o: agreed[o] or 0.0, default=None)
    share = (agreed.get(best) or 0.0) if best is not None else 0.0
    if best is not None and share >= SETTLED and issue not in live:
        return f"settled: {view.option(issue, best)}"
    return "live"
