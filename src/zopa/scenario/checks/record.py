"""What was recorded: positions inside the window, and steps that the war can take."""

from __future__ import annotations

from zopa.scenario.checks.finding import Finding, Findings
from zopa.scenario.number import central
from zopa.scenario.schema import Position, Scenario, State

ROUNDING = 1e-9


def window_of_history(scenario: Scenario) -> Findings:
    """Recorded and offered positions lie inside the window, or are said to be put at its end."""
    war = scenario.war
    if war is None:
        return
    low, high = _ends(war.position)
    outside = [f"history.{i}" for i, state in enumerate(scenario.history)
               if _outside(state, low, high)]
    if outside:
        others = "" if len(outside) == 1 else f" and {len(outside) - 1} more states"
        yield Finding(f"{outside[0]}.position", f"{outside[0]}.position{others} lie outside the "
                      f"window [{low:g}, {high:g}] and will be put at its ends" if others else
                      f"{outside[0]}.position lies outside the window [{low:g}, {high:g}] and will "
                      "be put at its end", "Widen the window: more cells, or wider ones.", "advice")
    for name, offer in scenario.offers.items():
        if _outside(offer.state, low, high):
            path = f"offers.{name}.state.position"
            yield Finding(path, f"{path} lies outside the window [{low:g}, {high:g}] and will be "
                          "put at its end", "Widen the window: more cells, or wider ones.",
                          "advice")


def repeated(scenario: Scenario) -> Findings:
    """No date is recorded twice: one of the two states would count as a step of the war."""
    seen: dict[object, int] = {}
    for index, state in enumerate(scenario.history):
        if state.date in seen:
            yield Finding(f"history.{index}.date", f"history.{index}.date {state.date} is also "
                          f"that of history.{seen[state.date]}", "Keep one state a date.")
        seen.setdefault(state.date, index)


def no_evidence(scenario: Scenario) -> Findings:
    """Recorded positions say how likely a draw is only from a state that records the momentum."""
    used = [(n, new.calibrates) for n, new in enumerate(scenario.history[1:])]
    silent = [n for n, calibrates in used
              if scenario.history[n].position is not None
              and scenario.history[n + 1].position is not None
              and scenario.history[n].momentum is None
              and (not calibrates if isinstance(calibrates, bool)
                   else "position" not in calibrates)]
    if scenario.war is not None and silent:
        path = f"history.{silent[0]}.momentum"
        others = "" if len(silent) == 1 else f", as in {len(silent) - 1} more states"
        yield Finding(path, f"{path} is missing{others}, so that the step to the next position is "
                      "no evidence: how likely a step is depends on the momentum",
                      "Record the momentum, or say that the position calibrates an input "
                      "(`calibrates: [position]`).", "advice")


def ratified(scenario: Scenario) -> Findings:
    """An uncertain ratification needs what can be divided."""
    war = scenario.war
    if war is None or scenario.frontier != "packages":
        return
    for side, floor in war.floors.items():
        if floor.spread is not None:
            path = f"war.floors.{side}.spread"
            yield Finding(path, f"{path} needs a frontier of mixtures, but `frontier` is packages",
                          "Leave the spread out, or set `frontier: hull`.")


def _ends(window: Position) -> tuple[float, float]:
    present, width = central(window.present), central(window.cell)
    return (present - (window.present_cell + 0.5) * width,
            present + (window.cells - window.present_cell - 0.5) * width)


def _outside(state: State, low: float, high: float) -> bool:
    return state.position is not None and not (
        low - ROUNDING <= central(state.position) <= high + ROUNDING)
