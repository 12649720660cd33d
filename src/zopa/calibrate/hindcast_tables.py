"""A hindcast in tables: what each model scored, by part and by horizon, and against whom.

    score       mean CRPS and log score of a model over the origins of a part
    best        the baseline of the least mean CRPS
    gain        1 - CRPS of the model / CRPS of the best baseline; below 0 the model loses
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from zopa.calibrate.baselines import BASELINES
from zopa.calibrate.hindcast import Case, Hindcast
from zopa.calibrate.scores import Difference, coverage, difference
from zopa.calibrate.series import later

BINS = 5
NOMINAL = (0.5, 0.9)


@dataclass(frozen=True)
class Line:
    """One model, one horizon, one part.

    Attributes:
        model: its name.
        months: ahead.
        origins: how many forecasts.
        crps, log: means.
        covered: of the central 50 and 90 percent: share that held what came, and its interval.
        pit: how many forecasts had what came in each fifth of their distribution.
    """

    model: str
    months: int
    origins: int
    crps: float
    log: float
    covered: tuple[tuple[float, float, float], tuple[float, float, float]]
    pit: tuple[int, ...]

    @property
    def allowed(self) -> tuple[bool, bool]:
        """Whether the intervals of the shares hold 50 and 90 percent."""
        one, two = ((low <= nominal <= high) for nominal, (_, low, high)
                    in zip(NOMINAL, self.covered, strict=True))
        return one, two


@dataclass(frozen=True)
class Against:
    """A model against the best baseline of a horizon, in one part."""

    model: str
    months: int
    best: str
    gain: float
    difference: Difference


@dataclass(frozen=True)
class Part:
    """The origins of one part.

    Attributes:
        name: `all`, or `developed`, `across` and `after` where the model was frozen on a date.
        lines: by horizon and model.
        against: by horizon and model, models only.
    """

    name: str
    lines: tuple[Line, ...]
    against: tuple[Against, ...]


def parts(result: Hindcast, frozen: dt.date | None = None) -> tuple[Part, ...]:
    """The tables.

    Args:
        result: the forecasts.
        frozen: the date F of `zopa.calibrate.hindcast`; one part with everything where None.
    """
    if frozen is None:
        return (_part("all", result, result.cases),)
    groups: dict[str, list[Case]] = {"developed": [], "across": [], "after": []}
    for case in result.cases:
        if case.origin > frozen:
            groups["after"].append(case)
        elif later(case.origin, case.months) <= frozen:
            groups["developed"].append(case)
        else:
            groups["across"].append(case)
    return tuple(_part(name, result, cases) for name, cases in groups.items())


def _part(name: str, result: Hindcast, cases: Sequence[Case]) -> Part:
    lines, against = [], []
    names = {baseline.name for baseline in BASELINES}
    for months in result.horizons:
        found = {model: [c for c in cases if c.model == model and c.months == months]
                 for model in result.models}
        here = [_line(model, months, own) for model, own in found.items() if own]
        lines += here
        rules = [line for line in here if line.model in names]
        if not rules:
            continue
        best = min(rules, key=lambda line: line.crps)
        two = np.array([c.scored.crps for c in found[best.model]])
        for line in here:
            if line.model not in names:
                one = np.array([c.scored.crps for c in found[line.model]])
                against.append(Against(line.model, months, best.model, 1 - line.crps / best.crps,
                                       difference(one, two, months)))
    return Part(name, tuple(lines), tuple(against))


def _line(model: str, months: int, cases: Sequence[Case]) -> Line:
    count = len(cases)
    hits = [sum(c.scored.inside[i] for c in cases) for i in (0, 1)]
    low, high = ((hit / count, *coverage(hit, count)) for hit in hits)
    fifths = np.minimum((np.array([c.scored.pit for c in cases]) * BINS).astype(int), BINS - 1)
    return Line(model, months, count, float(np.mean([c.scored.crps for c in cases])),
                float(np.mean([c.scored.log for c in cases])), (low, high),
                tuple(np.bincount(fifths, minlength=BINS).tolist()))


HEADER = ("months", "origins", "forecast", "CRPS", "log score", "in 50 %", "in 90 %", "PIT fifths")


def rows(part: Part) -> Iterator[tuple[str, ...]]:
    """The cells of a part's table under `HEADER`."""
    for line in part.lines:
        inside = [f"{share:.0%} ({low:.0%}-{high:.0%})" for share, low, high in line.covered]
        yield (str(line.months), str(line.origins), line.model, f"{line.crps:.1f}",
               f"{line.log:.2f}", *inside, " ".join(map(str, line.pit)))


HEADER_AGAINST = ("months", "forecast", "best baseline", "gain in CRPS",
                  "difference of CRPS (95 %)")


def rows_against(part: Part) -> Iterator[tuple[str, ...]]:
    """The cells of a part's comparison under `HEADER_AGAINST`."""
    for row in part.against:
        d = row.difference
        span = ("too few origins for an interval" if d.low is None
                else f"{d.low:.1f} to {d.high:.1f}")
        yield (str(row.months), row.model, row.best, f"{row.gain:+.0%}", f"{d.mean:+.1f} ({span})")


def as_text(header: Sequence[str], body: Iterator[tuple[str, ...]]) -> Iterator[str]:
    """A table for a terminal."""
    every = [tuple(header), *body]
    wide = [max(len(row[i]) for row in every) for i in range(len(header))]
    for row in every:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip()


def as_markdown(header: Sequence[str], body: Iterator[tuple[str, ...]]) -> Iterator[str]:
    """A table for a page."""
    for number, row in enumerate([tuple(header), *body]):
        yield "| " + " | ".join(row) + " |"
        if number == 0:
            yield "|" + "---|" * len(row)


def plain(result: Hindcast, tables: Sequence[Part]) -> dict[str, object]:
    """Everything as plain data, rounded so that it is the same text every time."""
    origin = result.series.origin
    return {
        "series": {"file": origin.file, "sha256": origin.sha256, "name": result.series.name,
                   "unit": result.series.unit, "first": result.series.months[0].isoformat(),
                   "last": result.series.months[-1].isoformat(), "licence": origin.licence,
                   "citation": origin.citation, "notes": list(result.series.notes)},
        "seed": result.seed,
        "parts": [{
            "part": part.name,
            "scores": [{
                "months": line.months, "forecast": line.model, "origins": line.origins,
                "crps": short(line.crps), "log_score": short(line.log),
                "covered_50": [short(x) for x in line.covered[0]],
                "covered_90": [short(x) for x in line.covered[1]],
                "allowed": list(line.allowed), "pit_fifths": list(line.pit),
            } for line in part.lines],
            "against_best": [{
                "months": row.months, "forecast": row.model, "best": row.best,
                "gain": short(row.gain), "difference": short(row.difference.mean),
                "interval": None if row.difference.low is None or row.difference.high is None
                else [short(row.difference.low), short(row.difference.high)],
            } for row in part.against],
        } for part in tables],
        "forecasts": [{
            "forecast": case.model, "origin": case.origin.isoformat(), "months": case.months,
            "came": short(case.came), "quantiles": [short(q) for q in case.scored.quantiles],
            "crps": short(case.scored.crps), "log_score": short(case.scored.log),
            "pit": short(case.scored.pit),
        } for case in result.cases],
    }


def short(value: float) -> float:
    """Six significant digits."""
    return float(f"{value:.6g}")
