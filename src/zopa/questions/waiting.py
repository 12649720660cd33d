"""`waiting`: what delay costs whom, when talks start only after so many periods of fighting.

For each side and each wait: V_i today (the side's own expectation), the expected terms and r_i
after the wait given that nobody has collapsed, the risk that the side collapses during the wait,
and what the wait costs it (the analyst's expectations).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from zopa.ensemble.solve import Parts
from zopa.questions.plain import answered
from zopa.questions.spread import mean
from zopa.questions.study import Study

PARTS = Parts.WAITING


def answer(study: Study) -> dict[str, Any] | None:
    """Party -> wait in periods (as text) -> its answers; null without a war."""
    if study.scenario.war is None:
        return None
    waiting, weight = study.ensemble(PARTS).waiting, study.weight
    result: dict[str, Any] = {}
    for side, name in enumerate(study.sides):
        result[name] = {}
        for place, tau in enumerate(waiting.taus):
            terms = waiting.terms[place, side]
            result[name][str(tau)] = {
                **answered("value", waiting.value[place, side], weight),
                **answered("terms", terms, weight),
                "terms_defined": mean((~np.isnan(terms)).astype(float), weight),
                **answered("reservation", waiting.reservation[place, side], weight),
                **answered("collapse", waiting.collapse[place, side], weight),
                **answered("cost", waiting.cost[place, side], weight)}
    return result
