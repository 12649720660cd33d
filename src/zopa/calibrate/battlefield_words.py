"""What a calibration of a battlefield says on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from zopa.calibrate.battlefield_run import Calibrated


def lines(done: Calibrated) -> Iterator[str]:
    """The series, convergence, the levels, checks, sensitivity, and what it comes to in cells."""
    days, y = done.series.changes
    known = int(np.isfinite(y).sum())
    unit = done.series.unit or done.asked.unit or "units"
    yield (f"{done.series.origin.file}: {done.series.name}, {known} monthly changes, "
           f"{days[0]:%Y-%m} to {days[-1]:%Y-%m}, scale {done.fit.scale:.4g} {unit}")
    yield f"  licence: {done.series.origin.licence}; source: {done.series.origin.citation}"
    for note in done.notes:
        yield f"  note: {note}"
    found = done.fit.convergence
    yield (f"converged: R-hat at most {found.r_hat[1]:.3f}, effective sample size at least "
           f"{found.ess[1]:.0f}, of {found.draws} draws; {found.divergent:.2%} diverged")
    yield ""
    yield from _levels(done, unit)
    yield ""
    yield "Would it bring forth such a series? (observed; 5 to 95 percent of replicated series; p)"
    for check in done.checks:
        mark = "" if check.ordinary else "   <- outside what the model brings forth"
        yield (f"  {check.name:44} {check.observed:>10.4g}  {check.low:>9.4g} to "
               f"{check.high:<9.4g} {check.p:5.2f}{mark}")
    yield ""
    yield from _sensitivity(done)
    for months, quantiles in done.ahead.items():
        low, middle, high = quantiles
        text = f"{months:>2} months on: {middle:.0f} {unit} ({low:.0f} to {high:.0f}) by the fit"
        if months in done.on_grid:
            mean, sd = done.on_grid[months]
            text += f"; mean {mean:.0f}, sd {sd:.0f} in cells of {done.grid.cell:g}"  \
                if done.grid is not None else ""
        yield text
    if done.grid is not None:
        widest = max(abs(k) for row in done.asked.offsets for k in row)
        yield (f"What a jump moves beyond {widest} cell{'s' if widest > 1 else ''} is not in the "
               "scenario's moves.")


def _sensitivity(done: Calibrated) -> Iterator[str]:
    verdicts = dict.fromkeys(s.verdict for s in done.sensitivities if s.verdict)
    for verdict in verdicts:
        names = [s.name for s in done.sensitivities if s.verdict == verdict]
        yield f"Power-scaled prior: {verdict} for {', '.join(names)}."
    if not all(s.reliable for s in done.sensitivities):
        yield "The weights of the power-scaling are uneven: take these lines as a hint."
    if verdicts:
        yield ""


def _levels(done: Calibrated, unit: str) -> Iterator[str]:
    p, scale = done.fit.parameters, done.fit.scale
    names = done.asked.structure.levels
    wide = max(5, *map(len, names))
    yield (f"{'level':{wide}}  {'drift, ' + unit + ' a month':>28}  {'noise (sd)':>20}  "
           f"{'jump a month':>18}  {'now':>5}")
    for i, name in enumerate(names):
        yield (f"{name:{wide}}  {_span(p.drift[:, i] * scale):>28}  "
               f"{_span(p.noise[:, i] * scale):>20}  {_span(p.jump[:, i], 3):>18}  "
               f"{done.now[i]:5.2f}")
    for i, targets in enumerate(done.asked.structure.targets):
        for j in targets:
            yield f"  {names[i]} -> {names[j]}: {_span(p.rows[:, i, j], 3)} a month"
    yield f"  spread of a jump: {_span(p.spread * scale)} {unit}"
    if done.asked.structure.memory:
        yield f"  memory: {_span(p.memory, 2)}"


def _span(draws: np.ndarray, digits: int = 0) -> str:
    low, middle, high = np.quantile(draws, [0.05, 0.5, 0.95])
    return f"{middle:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"
