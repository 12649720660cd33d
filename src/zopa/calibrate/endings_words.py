"""What a fit of endings, and its hindcast, say in lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zopa.calibrate.endings_data import ENDINGS
from zopa.calibrate.endings_hindcast import Compared, EndingsHindcast
from zopa.calibrate.endings_priors import ClassRates
from zopa.calibrate.priors_power import NOTABLE, Sensitivity
from zopa.calibrate.termination_file import CITATION

WORDS = {"settled": "agreement or ceasefire", "victory": "victory of either side",
         "low-activity": "low activity", "ceases": "an actor ceases to exist"}
HEADER = ("cases", "of", "conflicts", "log score", "base rate", "gain (95 %)", "Brier", "base rate",
          "gain (95 %)")


def class_lines(found: ClassRates) -> Iterator[str]:
    """A class: how many cases stand behind it, and its monthly rates with their width."""
    yield (f"{found.of.title}: {found.wars} wars, {found.months} months at risk, "
           f"{found.first} to {found.last}")
    yield f"{'how it ends':<26}{'cases':>6}{'a month, %':>13}{'90 % between':>20}"
    for kind in ENDINGS:
        low, middle, high = (100.0 * value for value in found.interval(kind))
        yield (f"{WORDS[kind]:<26}{found.ends[kind]:>6}{middle:>13.3g}"
               f"{f'{low:.2g} and {high:.2g}':>20}")
    yield f"Data: {CITATION}"


def prior_lines(found: Sequence[Sensitivity]) -> Iterator[str]:
    """What the prior of a class's rates counts for, where it counts."""
    told = [f"  {one.name.partition(',')[0]}: "
            f"{'the prior decides' if one.likelihood < NOTABLE else 'prior and cases both count'}"
            for one in found if one.prior >= NOTABLE]
    if told:
        yield "Power-scaled prior: what moves with it"
        yield from told
    if not all(one.reliable for one in found):
        yield "The weights of the power-scaling are not reliable here (Pareto k above 0.7)."


def score_rows(scores: Sequence[Compared]) -> list[tuple[str, ...]]:
    """The scores, a row a group of cases, under `HEADER`."""
    return [(str(s.cases), s.title, str(s.conflicts), f"{s.log:.3f}", f"{s.log_base:.3f}",
             _gain(s.gain, s.gain_interval), f"{s.brier:.3f}", f"{s.brier_base:.3f}",
             _gain(s.brier_gain, s.brier_gain_interval)) for s in scores]


def hindcast_lines(found: EndingsHindcast, markdown: bool = False) -> Iterator[str]:
    """The hindcast's table, and what it compares."""
    yield (f"{found.file}: fitted to {found.trained} wars that began before {found.before}, scored "
           f"on later ones up to {found.last}, seed {found.seed}")
    yield ("A gain above 0 is the model's over the base rate of wars of the same type and age; "
           "intervals by a bootstrap over conflicts.")
    yield ""
    rows = [HEADER, *score_rows(found.scores)]
    if markdown:
        yield "| " + " | ".join(HEADER) + " |"
        yield "|" + "---|" * len(HEADER)
        yield from ("| " + " | ".join(row) + " |" for row in rows[1:])
        return
    widths = [max(len(row[n]) for row in rows) for n in range(len(HEADER))]
    for row in rows:
        yield "  ".join(cell.ljust(width) if n == 1 else cell.rjust(width)
                        for n, (cell, width) in enumerate(zip(row, widths, strict=True))).rstrip()


def _gain(value: float, interval: tuple[float, float]) -> str:
    return f"{value:+.3f} ({interval[0]:+.3f} to {interval[1]:+.3f})"
