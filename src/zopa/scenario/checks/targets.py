"""The moves of the position reproduce the changes that the scenario states."""

from __future__ import annotations

from zopa.scenario.checks.finding import Finding, Findings
from zopa.scenario.moves import USUAL, change_of_position
from zopa.scenario.number import central
from zopa.scenario.schema import Scenario

TOLERANCE = 0.10


def targets(scenario: Scenario) -> Findings:
    """Mean and standard deviation within a tenth of their targets.

    A mean is compared on the scale of the larger of itself and a tenth of the standard deviation,
    so that a mean of zero can be reproduced.
    """
    war = scenario.war
    if war is None:
        return
    for index, target in enumerate(war.position.targets):
        moved = change_of_position(scenario, target.periods)
        mean, sd = central(target.mean), central(target.sd)
        for name, has, wants, scale in (("mean", moved.mean, mean, max(abs(mean), 0.1 * sd)),
                                        ("sd", moved.sd, sd, sd)):
            if abs(has - wants) > TOLERANCE * scale:
                yield Finding(f"war.position.targets.{index}.{name}",
                              f"the moves give a {name} of the {target.periods}-period change of "
                              f"position of {has:.4g}, not {wants:.4g} {war.position.unit} within "
                              "10 %", "Change war.position.moves, the transitions or the tilts.",
                              "warning")


def notes(scenario: Scenario) -> tuple[str, ...]:
    """Lines that say what the moves amount to, against the targets where there are any."""
    war = scenario.war
    if war is None:
        return ()
    stated = {t.periods: t for t in war.position.targets}
    lines = []
    for periods in sorted({*USUAL, *stated}):
        moved = change_of_position(scenario, periods)
        line = (f"change of position over {periods} {scenario.period}{'s' * (periods != 1)}: mean "
                f"{moved.mean:.4g}, sd {moved.sd:.4g} {war.position.unit}")
        if periods in stated:
            target = stated[periods]
            line += f" (target: mean {central(target.mean):.4g}, sd {central(target.sd):.4g})"
        lines.append(line)
    return tuple(lines)
