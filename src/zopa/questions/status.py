"""How far the numbers can be trusted: counts of the draws, and warnings in plain sentences."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.ensemble.patron import Choices
from zopa.ensemble.result import Bargain
from zopa.ensemble.solve import Parts
from zopa.questions.believe import LEAST
from zopa.questions.deals import deals
from zopa.questions.spread import effective, mean
from zopa.questions.study import Study
from zopa.scenario.ratification import ratified

MOVED = 0.005
"""Share of the frontier's range by which doubling the horizon may move a value."""


def answer(study: Study) -> dict[str, Any]:
    """Counts of draws; those of the solved game only with a war."""
    result: dict[str, Any] = {"draws": len(study.draws),
                              "effective_draws": effective(study.weight)}
    if study.scenario.war is None:
        return result
    ensemble = study.ensemble(Parts.DOUBLED | Parts.TIMING)
    moved = sensitive(ensemble.bargain, deals(study).width)
    settled = ensemble.bargain.converged
    return result | {
        "states": ensemble.states, "packages": len(ensemble.packages),
        "converged": int(settled.sum()), "not_converged": int((~settled).sum()),
        "horizon_sensitive": int(moved.sum()),
        "horizon_changes_agreement": int(_changed(ensemble.bargain).sum()),
        "horizon_shift": {
            name: mean(ensemble.bargain.value_doubled[i] - ensemble.bargain.value[i],
                       study.weight)
            for i, name in enumerate(study.sides)},
        **_choices(ensemble.problem.choices),
        "agree_now": int(ensemble.bargain.agree.any(axis=0).sum()),
        "prediction_undefined": int(np.isnan(ensemble.timing.terms[0]).sum())}


def _choices(choices: Choices | None) -> dict[str, int]:
    """Draws in which patrons who choose have other solutions, or none; empty where none chooses."""
    if choices is None or choices.unique is None:
        return {}
    return {"patrons_not_unique": int((choices.settled & ~choices.unique).sum()),
            "patrons_not_settled": int((~choices.settled).sum())}


def sensitive(bargain: Bargain, width: NDArray[np.float64]) -> NDArray[np.bool_]:
    """`(draw,)`: doubling the horizon moves a value by more than 0.005 or changes an agreement."""
    unit = np.where(width > 0.0, width, 1.0)
    moved = bargain.moved > MOVED * unit
    result: NDArray[np.bool_] = moved.any(axis=0) | _changed(bargain)
    return result


def _changed(bargain: Bargain) -> NDArray[np.bool_]:
    """`(draw,)`: doubling the horizon changes whether the sides agree at the present state."""
    return np.asarray(bargain.differs.any(axis=0))


def warnings(study: Study, status: dict[str, Any]) -> list[str]:
    """What a reader must know before reading the numbers."""
    result = []
    draws = status["draws"]
    if status["effective_draws"] < LEAST:
        left = f"{status['effective_draws']:.0f}"
        result.append(f"Only {left} effective draw{'' if left == '1' else 's'}: the intervals are "
                      "wide. Give more draws.")
    if status.get("not_converged"):
        result.append(f"In {status['not_converged']} of {draws} draws the value of fighting to the "
                      "finish was not solved to its tolerance.")
    if status.get("horizon_sensitive"):
        shifts = " and ".join(
            f"{status['horizon_shift'][name]:+.4f} for {study.scenario.parties[name].name}"
            for name in sorted(study.sides)).replace("-", "\N{MINUS SIGN}")
        result.append(
            f"In {status['horizon_sensitive']} of {draws} draws doubling the horizon moves the "
            f"value of a side's position by more than 0.005 of the frontier's range; averaged over "
            f"the draws it moves by {shifts}. It changes an agreement at the present state in "
            f"{status['horizon_changes_agreement']} draws. A longer `war.horizon` mends this, at "
            "the cost of time.")
    if status.get("patrons_not_unique"):
        result.append(f"In {status['patrons_not_unique']} of {draws} draws the patrons' choices "
                      "have more than one solution; the one that starts from support is used.")
    if status.get("patrons_not_settled"):
        result.append(f"In {status['patrons_not_settled']} of {draws} draws the patrons' answers "
                      "to one another go round in a cycle; the last ones are used.")
    war = study.scenario.war
    if war is None:
        return result
    if status["prediction_undefined"]:
        rare = study.scenario.thresholds.rare
        result.append(f"In {status['prediction_undefined']} of {draws} draws an agreement within "
                      f"the horizon has a probability below {rare:g}, so no agreement is "
                      "predicted there; those draws are left out of the terms.")
    if war.position.ends == "held":
        result.append("The battlefield window has held ends: victory comes from collapse alone, "
                      "at the hazards that the scenario states.")
    missing = mean(np.asarray(deals(study).zone.empty, dtype=float), study.weight)
    if missing > 0.5:
        carried = " and can be ratified" if ratified(study.scenario) else ""
        result.append("In most draws no package of this scenario is better than never agreeing "
                      f"for both sides{carried}.")
    return result
