"""The war at a recorded date: a scenario and draws with the state and the beliefs of then.

A state names the position (in its unit), the momentum level and the support levels that it
records; what it leaves out is as at present.  The position is brought to the nearest cell of the
window by the central values of the present position and of the cell's width, and held at the
window's end beyond it.
"""

from __future__ import annotations

from dataclasses import dataclass

from zopa.core.errors import ArgumentError
from zopa.draws.sobol import Draws
from zopa.ensemble.past import cell_of
from zopa.scenario.patch import did_you_mean
from zopa.scenario.schema import Offer, Scenario, State

NOW = "now"


@dataclass(frozen=True)
class Moment:
    """A recorded state, and the offer that records it (none: the history)."""

    state: State
    offer: str | None = None


def offer(scenario: Scenario, name: str) -> Offer:
    """The offer of that name.

    Raises:
        ArgumentError: there is none.
    """
    if name not in scenario.offers:
        raise ArgumentError(
            f"there is no offer '{name}'.{did_you_mean(name, list(scenario.offers))}")
    return scenario.offers[name]


def find(scenario: Scenario, moment: str) -> Moment:
    """The state recorded at a moment.

    1. An offer's name is the state of that offer.
    2. Else the first state of the history or of an offer dated within the moment (2022 is a year).
    3. Else the last one before it.

    Raises:
        ArgumentError: nothing is recorded at or before it.
    """
    text = str(moment)
    if text in scenario.offers:
        return Moment(scenario.offers[text].state, text)
    recorded = [(state.date.isoformat(), Moment(state)) for state in scenario.history]
    recorded += [(spec.state.date.isoformat(), Moment(spec.state, name))
                 for name, spec in scenario.offers.items()]
    recorded.sort(key=lambda pair: (pair[0], pair[1].offer or ""))
    within = [found for date, found in recorded if date.startswith(text)]
    before = [found for date, found in recorded if date < text]
    if not within and not before:
        raise ArgumentError(f"no state is recorded at or before {text}. "
                            "Add it to `history`, or name an offer.")
    return within[0] if within else before[-1]


def at_state(scenario: Scenario, state: State) -> Scenario:
    """The scenario whose present is that state.

    Raises:
        ArgumentError: the scenario has no war.
    """
    war = scenario.war
    if war is None:
        raise ArgumentError("war is missing, so no state can be recorded. Add a war block.")
    update: dict[str, object] = {
        "position": war.position.model_copy(update={"present_cell": cell_of(scenario, state)}),
        "support": {name: chain.model_copy(
            update={"present": state.support.get(name, chain.present)})
            for name, chain in war.support.items()}}
    if state.momentum is not None:
        update["momentum"] = war.momentum.model_copy(update={"present": state.momentum})
    return scenario.model_copy(update={"war": war.model_copy(update=update), "date": state.date})


def with_beliefs(draws: Draws, scenario: Scenario, name: str | None) -> Draws:
    """The draws with the priors and the enforcement that an offer carries."""
    if name is None:
        return draws
    spec = scenario.offers[name]
    changed = {}
    if scenario.war is not None and scenario.war.beliefs is not None:
        changed = {f"war.beliefs.prior.{who}": draws[f"offers.{name}.prior.{who}"]
                   for who in spec.prior}
    if spec.enforcement is not None:
        changed["war.enforcement"] = draws[f"offers.{name}.enforcement"]
    return draws.with_values(changed)
