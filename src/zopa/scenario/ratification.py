"""Whether a deal has to be ratified: by a stated floor, or by a group with a veto."""

from __future__ import annotations

from zopa.scenario.schema import Scenario


def vetoes(scenario: Scenario) -> bool:
    """Whether some group inside some party has a veto."""
    return any(group.veto for party in scenario.parties.values()
               for group in party.groups.values())


def ratified(scenario: Scenario) -> bool:
    """Whether anything must be ratified beyond the consent of the sides."""
    return vetoes(scenario) or (scenario.war is not None and bool(scenario.war.floors))
