"""The headline answers: each a number in every draw, asked of a study in the same way anywhere.

The name of an answer is its path in `answers.json`.  Since an answer is a function of a study, it
can be asked of the draws at hand, of a smaller ensemble with an input held at a value, and of the
draws of a design.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zopa.ensemble.solve import Parts
from zopa.questions.deals import deals
from zopa.questions.study import Study

Floats = NDArray[np.float64]
Ask = Callable[[Study], Floats]


@dataclass(frozen=True)
class Headline:
    """One answer.

    Attributes:
        name: its path in `answers.json`.
        ask: a study -> `(draw,)`, NaN where undefined.
        flips: whether it is a probability of which one asks where it crosses 0.5.
    """

    name: str
    ask: Ask
    flips: bool = False

    @property
    def defined(self) -> Headline:
        """Whether the answer is defined, as an answer of its own."""
        return Headline(f"{self.name}.defined", lambda study: (~np.isnan(self.ask(study))) * 1.0)


def headlines(study: Study) -> list[Headline]:
    """What `rests_on` shares out: the zone, and with a war what bargaining and fighting lead to."""
    found = [Headline("zone", _exists, flips=True), Headline("zone.share", _share)]
    if study.scenario.war is not None:
        found += [Headline("zone.settle", lambda s: s.ensemble(Parts.TIMING).timing.settle),
                  Headline("zone.months_of_war",
                           lambda s: s.ensemble(Parts.TIMING).timing.months_of_war)]
        for name in sorted(study.sides):
            found += [Headline(f"zone.predicted.{name}", _terms(name)),
                      Headline(f"outlook.victory.{name}", _victory(name))]
    return found


def within_window(study: Study) -> Headline:
    """A deal within `war.window` periods."""
    window = study.war.window
    return Headline(f"zone.deal_by_month.{window}",
                    lambda s: s.ensemble(Parts.TIMING).timing.within(window), flips=True)


def _exists(study: Study) -> Floats:
    return (~deals(study).zone.empty).astype(float)


def _share(study: Study) -> Floats:
    return deals(study).zone.share


def _terms(party: str) -> Ask:
    return lambda study: study.ensemble(Parts.TIMING).timing.terms[study.side(party)]


def _victory(party: str) -> Ask:
    return lambda study: study.outlook.victory[study.side(party), -1]
