"""The war block: names that fit one another, rows of probabilities, places in the window."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from zopa.scenario.checks.finding import Finding, Findings, lacking, unknown, unknown_keys
from zopa.scenario.number import Number, NumberLike, central, support
from zopa.scenario.schema import ByRegime, Momentum, Scenario, Support

ROUNDING = 1e-9


def position(scenario: Scenario) -> Findings:
    """The window holds the present, favours a side, and moves by momentum levels there are."""
    war = scenario.war
    if war is None:
        return
    window = war.position
    yield from unknown("war.position.favours", "belligerent", window.favours,
                       scenario.belligerents)
    if window.present_cell >= window.cells:
        yield Finding("war.position.present_cell",
                      f"war.position.present_cell is {window.present_cell}, outside the window of "
                      f"{window.cells} cells (0 to {window.cells - 1})",
                      "Put the present inside; the middle is usual.")
    yield from lacking("war.position.moves", "momentum level", window.moves, war.momentum.levels)
    yield from unknown_keys("war.position.moves", "momentum level", window.moves,
                            war.momentum.levels)
    for level, row in window.moves.items():
        for change in row:
            if abs(change) >= window.cells:
                yield Finding(f"war.position.moves.{level}.{change}",
                              f"war.position.moves.{level}.{change} leaves the window at once",
                              f"Move by less than {window.cells} cells a period.")
        yield from _row(f"war.position.moves.{level}", {str(k): v for k, v in row.items()})
    for index, target in enumerate(window.targets):
        if target.periods < 1:
            yield Finding(f"war.position.targets.{index}.periods",
                          f"war.position.targets.{index}.periods must be at least 1, but is "
                          f"{target.periods}", "Use 1 and 12.")


def momentum(scenario: Scenario) -> Findings:
    """Momentum's levels favour belligerents; its rows lead to levels there are."""
    war = scenario.war
    if war is None:
        return
    for name, level in war.momentum.levels.items():
        if level.favours is not None:
            yield from unknown(f"war.momentum.levels.{name}.favours", "belligerent",
                               level.favours, scenario.belligerents)
    yield from _chain("war.momentum", war.momentum)
    if war.peace_momentum is not None:
        yield from unknown("war.peace_momentum", "momentum level", war.peace_momentum,
                           war.momentum.levels)


def support_chains(scenario: Scenario) -> Findings:
    """A support chain belongs to a patron or ally who says whom it supports."""
    war = scenario.war
    if war is None:
        return
    yield from unknown_keys("war.support", "party", war.support, scenario.parties)
    for name, chain in war.support.items():
        yield from _chain(f"war.support.{name}", chain)
        party = scenario.parties.get(name)
        if party is None:
            continue
        if not set(party.roles) & {"patron", "ally"}:
            yield Finding(f"war.support.{name}", f"war.support.{name} has a support chain, but "
                          f"the party is no patron", f"Add patron to parties.{name}.roles.")
        elif party.supports is None:
            yield Finding(f"parties.{name}", f"parties.{name} has a support chain but supports "
                          "nobody", f"Add `supports:` ({' or '.join(scenario.belligerents)}).")


def regimes(scenario: Scenario) -> Findings:
    """Costs and hazards: both sides, factors for levels there are."""
    war = scenario.war
    if war is None:
        return
    groups: tuple[tuple[str, Mapping[str, ByRegime]], ...] = (
        ("war.costs", war.costs), ("war.hazards", war.hazards))
    for path, group in groups:
        yield from _both_sides(path, group, scenario)
        for side, value in group.items():
            here = f"{path}.{side}"
            yield from unknown_keys(f"{here}.momentum", "momentum level", value.momentum,
                                    war.momentum.levels)
            yield from unknown_keys(f"{here}.support", "support chain", value.support, war.support)
            for patron, factors in value.support.items():
                if patron in war.support:
                    yield from unknown_keys(f"{here}.support.{patron}", "level of support",
                                            factors, war.support[patron].levels)
    yield from _both_sides("war.terminal", war.terminal, scenario)
    for side in war.terminal:
        worst, best = support(war.terminal[side].defeat), support(war.terminal[side].victory)
        if worst[0] > best[1]:
            yield Finding(f"war.terminal.{side}", f"war.terminal.{side}: defeat is worth more "
                          "than victory in every draw", "Exchange them.", "advice")


def beliefs(scenario: Scenario) -> Findings:
    """Exactly two theories, and a prior for each side and for the analyst."""
    war = scenario.war
    if war is None or war.beliefs is None:
        return
    count = len(war.beliefs.theories)
    if count != 2:
        yield Finding("war.beliefs.theories",
                      f"war.beliefs.theories has {count} theories, not two",
                      "Give two accounts of the war; the first one's odds are learned.")
    if war.beliefs.grid_points % 2 == 0:
        yield Finding("war.beliefs.grid_points", "war.beliefs.grid_points must be odd, but is "
                      f"{war.beliefs.grid_points}", "The present belief is the middle point.")
    for name, theory in war.beliefs.theories.items():
        path = f"war.beliefs.theories.{name}"
        yield from unknown(f"{path}.favours", "belligerent", theory.favours, scenario.belligerents)
        yield from unknown_keys(f"{path}.support_tilt", "support chain", theory.support_tilt,
                                war.support)
        yield from unknown_keys(f"{path}.hazard_factor", "belligerent", theory.hazard_factor,
                                scenario.belligerents)
    known = (*scenario.belligerents, "analyst")
    yield from lacking("war.beliefs.prior", "believer", war.beliefs.prior, known)
    yield from unknown_keys("war.beliefs.prior", "believer", war.beliefs.prior, known)


def talks(scenario: Scenario) -> Findings:
    """Talks: a host there is, one side's probability of proposing; floors and losses of sides."""
    war = scenario.war
    if war is None:
        return
    if war.talks.host is not None:
        yield from unknown("war.talks.host", "party", war.talks.host, scenario.parties)
        host = scenario.parties.get(war.talks.host)
        if host is not None and not set(host.roles) & {"host", "mediator"}:
            yield Finding("war.talks.host", f"war.talks.host names {war.talks.host}, who has "
                          "neither the role host nor mediator",
                          f"Add host to parties.{war.talks.host}.roles.")
    yield from unknown_keys("war.talks.proposer", "belligerent", war.talks.proposer,
                            scenario.belligerents)
    if len(war.talks.proposer) > 1:
        yield Finding("war.talks.proposer", "war.talks.proposer names both sides",
                      "Name one; the other proposes otherwise.")
    yield from unknown_keys("war.floors", "belligerent", war.floors, scenario.belligerents)
    yield from unknown_keys("war.losses", "belligerent", war.losses, scenario.belligerents)


def collapse(scenario: Scenario) -> Findings:
    """The two hazards of collapse never come to more than 1, in any regime, theory or draw."""
    war = scenario.war
    if war is None:
        return
    total = 0.0
    for side, hazard in war.hazards.items():
        highest = support(hazard.base)[1]
        highest *= max([1.0, *(support(f)[1] for f in hazard.momentum.values())])
        for factors in hazard.support.values():
            highest *= max([1.0, *(support(f)[1] for f in factors.values())])
        if war.beliefs is not None:
            highest *= max([1.0, *(support(t.hazard_factor[side])[1]
                                   for t in war.beliefs.theories.values()
                                   if side in t.hazard_factor)])
        total += highest * _largest_slope(hazard.position)
    if total > 1.0 + ROUNDING:
        yield Finding("war.hazards", f"the hazards of collapse can come to {total:.3g} together, "
                      "more than 1", "Lower the base, or the factors.")


def endless(scenario: Scenario) -> Findings:
    """A war that nothing ends has no value of never agreeing to a side that does not discount.

    Never agreeing is worth -c / (1 - discount) where no collapse and no end of the window is near.
    """
    war = scenario.war
    if war is None or war.position.ends != "held":
        return
    if any(support(hazard.base)[1] > 0.0 for hazard in war.hazards.values()):
        return
    for side in scenario.belligerents:
        discount = scenario.parties[side].discount
        if discount is not None and support(discount)[0] >= 1.0:
            yield Finding(f"parties.{side}.discount", f"parties.{side}.discount is 1 in a war that "
                          "nothing ends (both hazards of collapse are 0, the window's ends are "
                          "held), so that never agreeing has no finite value",
                          "Give a discount below 1, or a hazard above 0.")


def _largest_slope(exponent: NumberLike) -> float:
    low, high = support(exponent)
    return exp(max(abs(low), abs(high)))


def _both_sides(path: str, group: Mapping[str, object], scenario: Scenario) -> Findings:
    yield from lacking(path, "belligerent", group, scenario.belligerents)
    yield from unknown_keys(path, "belligerent", group, scenario.belligerents)


def _chain(path: str, chain: Momentum | Support) -> Findings:
    """Present and rows name levels there are; rows come to 1 at most."""
    if not chain.levels:
        yield Finding(f"{path}.levels", f"{path}.levels is empty", "Give at least one level.")
    yield from unknown(f"{path}.present", "level", chain.present, chain.levels)
    yield from unknown_keys(f"{path}.transitions", "level", chain.transitions, chain.levels)
    for source, row in chain.transitions.items():
        yield from unknown_keys(f"{path}.transitions.{source}", "level", row, chain.levels)
        yield from _row(f"{path}.transitions.{source}", row, stays=source)


def _row(path: str, row: Mapping[str, NumberLike], stays: str = "0") -> Findings:
    """A row of probabilities: at most 1 at central values and in every draw."""
    middle = sum(central(p) for p in row.values())
    # numbers of a calibration are looked at together, by its joint draws
    highest = sum(central(p) if isinstance(p, Number) and p.posterior else support(p)[1]
                  for p in row.values())
    if stays in row and abs(middle - 1.0) > 1e-6:
        yield Finding(path, f"{path} gives the probability of '{stays}' too, and sums to "
                      f"{middle:.6g}, not 1",
                      f"Leave '{stays}' out: what is missing to 1 stays.")
    elif middle > 1.0 + ROUNDING:
        yield Finding(path, f"{path} sums to {middle:.6g}, more than 1",
                      "Lower a probability; what is missing to 1 stays.")
    elif highest > 1.0 + ROUNDING and stays not in row:
        yield Finding(path, f"{path} can sum to {highest:.6g} in a draw, more than 1",
                      "Narrow a range, or cut it with `within`.")
