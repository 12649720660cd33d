"""The headline answers of two runs side by side, and whether a change can be Monte Carlo error.

The interval of an answer in one run is, in this order,

1. the 95 % Monte Carlo interval that `answers.json` gives;
2. for a probability, Wilson's, as for indicator draws: at least as wide as the true one;
3. for a mean, m -+ 1.96 s / sqrt(n), n effective draws and s = (p95 - p5) / 3.29 from the spread
   over the draws, as of a normal distribution.

With estimates a, b and intervals [l_a, u_a], [l_b, u_b], a rise b > a exceeds what the intervals
allow where b - a > sqrt((b - l_b)^2 + (u_a - a)^2), and a fall likewise with the sides exchanged.
Runs that share a seed share their draws, so that their difference is surer than this says.

Reference: Newcombe (1998), Statistics in Medicine 17:873-890, method 10.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zopa.report.compare_answers import difference, is_number, same
from zopa.report.view import View
from zopa.report.wording import capital

Z95, Z90 = 1.959963984540054, 3.289707253902945
"""1.96, and the width of the middle 90 % of a normal distribution in standard deviations."""
Range = tuple[float, float]
FRICTIONS = ("optimism", "commitment", "ratification", "private_information", "indivisibility")


@dataclass(frozen=True)
class Asked:
    """One headline answer of a run.

    Attributes:
        title: what it is, with names.
        value: a number, a text, or None.
        interval: its 95 % Monte Carlo interval; None where unknown.
        unit: `probability`, `utility`, a period, or `text`.
        words: its probability word; None where it has none.
    """

    title: str
    value: Any
    interval: Range | None
    unit: str
    words: str | None = None


@dataclass(frozen=True)
class Headline:
    """One headline answer of both runs.

    Attributes:
        path: its address in `answers.json`.
        title, unit: see `Asked`.
        before, after: the values.
        intervals: of both.
        words: of both.
        change, size: as in `Difference`.
        exceeds: whether the change exceeds what the Monte Carlo intervals allow; None where that
            cannot be said.
    """

    path: str
    title: str
    unit: str
    before: Any
    after: Any
    intervals: tuple[Range | None, Range | None]
    words: tuple[str | None, str | None]
    change: float | None
    size: float | None
    exceeds: bool | None

    @property
    def changed(self) -> bool:
        """Whether the values differ."""
        return not same(self.before, self.after)


def headlines(before: View, after: View) -> list[Headline]:
    """The headline answers that either run has, the largest change first."""
    return _compared(asked(before), asked(after))


def verdicts(before: View, after: View) -> list[Headline]:
    """The verdicts on the claims that either run has, the largest change first."""
    return _compared(dict(_verdicts(before)), dict(_verdicts(after)))


def _compared(one: dict[str, Asked], two: dict[str, Asked]) -> list[Headline]:
    paths = [*one, *(path for path in two if path not in one)]
    found = [_headline(path, one.get(path), two.get(path)) for path in paths]
    return sorted(found, key=lambda h: (not h.changed, h.size is None, -(h.size or 0.0)))


def _headline(path: str, one: Asked | None, two: Asked | None) -> Headline:
    old, new = (asked.value if asked else None for asked in (one, two))
    ranges = (one.interval if one else None, two.interval if two else None)
    known = two or one or Asked("", None, None, "")
    moved = difference(path, old, new)
    return Headline(
        path, known.title, known.unit, old, new, ranges,
        (one.words if one else None, two.words if two else None), moved.change, moved.size,
        None if moved.change is None else exceeds(old, new, *ranges))


def exceeds(a: Any, b: Any, first: Range | None, second: Range | None) -> bool | None:
    """Whether b - a is more than both intervals allow; None where one is unknown."""
    if same(a, b):
        return False
    if first is None or second is None:
        return None
    parts = (b - second[0], first[1] - a) if b > a else (second[1] - b, a - first[0])
    return abs(b - a) > math.hypot(*parts)


def asked(view: View) -> dict[str, Asked]:
    """Path -> headline answer of one run."""
    makers = (_zone, _package, _timing, _predicted, _outlook, _waiting, _obstacles, _levers,
              _hindsight)
    return {path: found for make in makers for path, found in make(view)
            if found.value is not None}


def _zone(view: View) -> Iterator[tuple[str, Asked]]:
    zone = view.section("zone") or {}
    yield "zone.probability", _probability(
        view, "A zone of possible agreement", zone.get("probability"),
        zone.get("probability_interval"), zone.get("words"))


def _package(view: View) -> Iterator[tuple[str, Asked]]:
    path, what, point = _point(view)
    for issue, option in (point.get("package") or {}).items():
        yield f"{path}.package.{issue}", Asked(
            f"Package nearest to {what}, {view.issue(issue)}", view.option(issue, option), None,
            "text")


def _point(view: View) -> tuple[str, str, Mapping[str, Any]]:
    """Where the terms stand, and what they are: a prediction, or without a war a yardstick."""
    zone = view.section("zone") or {}
    if zone.get("predicted"):
        return "zone.predicted", "the predicted agreement", zone["predicted"]
    return "zone.points.nash", "the Nash point", (zone.get("points") or {}).get("nash") or {}


def _timing(view: View) -> Iterator[tuple[str, Asked]]:
    zone = view.section("zone") or {}
    curve, war = zone.get("deal_by_month") or [], view.scenario.war
    for month in sorted({12, war.window if war else 12} & set(range(1, len(curve)))):
        yield f"zone.deal_by_month.{month}", _probability(
            view, f"A deal within {view.periods(month)}", curve[month])
    period = f"{view.scenario.period}s"
    yield "zone.months_of_war", _mean(
        view, f"{capital(period)} of war until a deal or the horizon", zone, "months_of_war",
        period)


def _predicted(view: View) -> Iterator[tuple[str, Asked]]:
    path, what, point = _point(view)
    key = "terms" if point.get("terms") else "utilities"
    for party in sorted(view.sides):
        spreads = point.get(f"{key}_spread") or {}
        yield f"{path}.{key}.{party}", _mean(
            view, f"Worth of {what} to {view.party(party)}",
            {"value": (point.get(key) or {}).get(party), "value_spread": spreads.get(party)},
            "value")


def _outlook(view: View) -> Iterator[tuple[str, Asked]]:
    answer = view.section("outlook")
    if answer is None:
        return
    last = len(answer["months"]) - 1
    when = f"after {view.periods(answer['months'][-1])} without a deal"
    yield f"outlook.by_month.fighting.{last}", _probability(
        view, f"Still fighting {when}", answer["by_month"]["fighting"][-1])
    for party in sorted(view.sides):
        yield f"outlook.by_month.victory.{party}.{last}", _probability(
            view, f"{view.party(party)} has won {when}", answer["by_month"]["victory"][party][-1])


def _waiting(view: View) -> Iterator[tuple[str, Asked]]:
    answer = view.section("waiting") or {}
    for party in sorted(answer):
        yield f"waiting.{party}.0.value", _mean(
            view, f"Value of {view.party(party)}'s position now", answer[party].get("0") or {},
            "value")
        yield f"waiting.{party}.12.terms", _mean(
            view, f"Terms for {view.party(party)} if talks start in {view.periods(12)}",
            answer[party].get("12") or {}, "terms")


def _obstacles(view: View) -> Iterator[tuple[str, Asked]]:
    answer = view.section("obstacles") or {}
    draws = answer.get("effective_draws")
    if not answer:
        return
    when = f"no deal within {view.periods(answer['window'])}"
    yield "obstacles.all", _probability(
        view, capital(when), answer.get("all"), wilson(answer.get("all"), draws))
    shares, ranges = answer.get("share") or {}, answer.get("share_monte_carlo") or {}
    for friction in (name for name in FRICTIONS if shares.get(name) is not None):
        yield f"obstacles.share.{friction}", Asked(
            f"Share of {friction.replace('_', ' ')} in “{when}”", shares[friction],
            _range(ranges.get(friction)), "probability")


def _levers(view: View) -> Iterator[tuple[str, Asked]]:
    found = view.answers.get("levers") or []
    for entry in (entry for entry in found if len(entry["levers"]) == 1 and entry.get("deal")):
        yield f"levers.{entry['levers'][0]}.deal.change", Asked(
            f"Change of the chance of a deal by “{entry['title']}”", entry["deal"]["change"],
            _range(entry["deal"].get("interval")), "probability")


def _hindsight(view: View) -> Iterator[tuple[str, Asked]]:
    for offer, entry in (view.section("hindsight") or {}).items():
        for key, words in (("ex_ante", "as known then"), ("ex_post", "after what followed")):
            for party, gain in sorted((entry.get(key) or {}).items()):
                yield f"hindsight.{offer}.{key}.{party}.probability", Asked(
                    f"“{entry['title']}” was better for {view.party(party)}, {words}",
                    gain.get("probability"), _range(gain.get("interval")), "probability")


def _verdicts(view: View) -> Iterator[tuple[str, Asked]]:
    for claim, entry in (view.section("verdicts") or {}).items():
        if entry.get("probability") is not None:
            yield f"verdicts.{claim}.probability", _probability(
                view, view.claim(claim), entry["probability"], entry.get("interval"),
                entry.get("words"))


def _probability(view: View, title: str, value: Any, interval: Any = None,
                 words: str | None = None) -> Asked:
    draws = (view.section("status") or {}).get("effective_draws")
    return Asked(title, value, _range(interval) or wilson(value, draws), "probability", words)


def _mean(view: View, title: str, entry: Mapping[str, Any], key: str,
          unit: str = "utility") -> Asked:
    value, spread = entry.get(key), entry.get(f"{key}_spread") or {}
    low, high = spread.get("low"), spread.get("high")
    draws = (view.section("status") or {}).get("effective_draws")
    if value is None or low is None or high is None or not draws:
        return Asked(title, value, None, unit)
    half = Z95 * (high - low) / Z90 / math.sqrt(draws)
    return Asked(title, value, (value - half, value + half), unit)


def wilson(value: Any, draws: Any) -> Range | None:
    """The 95 % interval of a probability over so many draws; None where one is missing."""
    from zopa.questions.spread import interval

    if not is_number(value) or not draws:
        return None
    p = min(max(float(value), 0.0), 1.0)
    return interval(p, p * (1.0 - p), float(draws))


def _range(interval: Any) -> Range | None:
    """`[low, high]` or `{low, high}` as a pair; None where an end is missing."""
    ends: list[Any] = ([interval.get("low"), interval.get("high")] if isinstance(interval, dict)
            else list(interval or ()))
    return (ends[0], ends[1]) if len(ends) == 2 and None not in ends else None
