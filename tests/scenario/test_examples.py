"""What every shipped scenario of a war keeps, besides the strict check that all of them pass."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from math import prod
from pathlib import Path

import pytest

from zopa.scenario.check import findings
from zopa.scenario.checks.provenance import cited
from zopa.scenario.inputs import inputs, written
from zopa.scenario.load import load, load_checked
from zopa.scenario.number import Calibrated, Cite, Judgement, central
from zopa.scenario.schema import Scenario
from zopa.scenario.source import examples

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "explanation" / "scenarios"
WARS = ("falklands-1982", "iran-iraq-1982", "korea-1951", "template-civil-war")
PAST_WARS = WARS[:3]
SIDES = {
    "falklands-1982": ("london", "buenos-aires"),
    "iran-iraq-1982": ("tehran", "baghdad"),
    "korea-1951": ("unc", "kpa-cpv"),
    "template-civil-war": ("government", "rebels"),
}
MOST_STATES = 1_500


@pytest.fixture(scope="module", params=WARS)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return load_checked(str(request.param), strict=True).scenario


def test_sides(scenario: Scenario) -> None:
    assert scenario.belligerents in SIDES.values()
    assert scenario.war is not None


def test_lattice_is_small(scenario: Scenario) -> None:
    war = scenario.war
    assert war is not None and war.beliefs is not None
    states = war.position.cells * len(war.momentum.levels) * war.beliefs.grid_points * prod(
        len(chain.levels) for chain in war.support.values())
    assert 200 <= states <= MOST_STATES
    assert 24 <= war.horizon <= 60 and war.outlook <= war.horizon and war.window <= 12
    assert prod(len(issue.options) for issue in scenario.issues.values()) <= 500


def test_every_number_has_a_unit_and_a_source(scenario: Scenario) -> None:
    for path, number in written(scenario).items():
        assert number.unit, path
        assert number.source is not None, path


def test_no_reason_stands_for_more_than_three_numbers(scenario: Scenario) -> None:
    reasons = Counter(n.source.judgement for n in inputs(scenario).values()
                      if isinstance(n.source, Judgement))
    assert max(reasons.values()) <= 3


def test_every_source_is_used(scenario: Scenario) -> None:
    assert {source.cite for _, source in cited(scenario) if source.cite} == set(scenario.sources)


def test_nothing_known_later(scenario: Scenario) -> None:
    for key, source in scenario.sources.items():
        assert source.known_since is not None and source.known_since <= scenario.date, key
    assert all(state.date <= scenario.date for state in scenario.history)


def test_weights_sum_to_one(scenario: Scenario) -> None:
    for party in scenario.belligerents:
        weights = [central(issue.weights[party]) for issue in scenario.issues.values()]
        assert sum(weights) == pytest.approx(1.0, abs=1e-12)
    for party in scenario.parties.values():
        for group in party.groups.values():
            assert set(group.weights) == set(scenario.issues)
            assert sum(central(w) for w in group.weights.values()) == pytest.approx(1.0, abs=1e-12)


def test_history_is_evidence_of_no_deal(scenario: Scenario) -> None:
    assert len(scenario.history) >= 3
    for state in scenario.history:
        assert state.deal is False
        assert state.source is not None
        assert isinstance(state.calibrates, tuple)
        assert "deal" not in state.calibrates


def test_levers_offers_and_claims(scenario: Scenario) -> None:
    doses = [change for lever in scenario.levers.values() for change in lever.changes
             if change.add is not None or change.multiply is not None]
    assert doses
    assert scenario.offers
    for offer in scenario.offers.values():
        assert set(offer.package) == set(scenario.issues)
        assert offer.date == offer.state.date
    assert len(scenario.claims) >= 3
    for claim in scenario.claims.values():
        assert claim.tests or claim.not_modelled
        assert isinstance(claim.source, Cite | Judgement | Calibrated)


def test_mirrored_levers(scenario: Scenario) -> None:
    """What lowers one side's floor stands beside the same for the other."""
    lowered = {change.path.split(".")[2]: change.add for lever in scenario.levers.values()
               for change in lever.changes if change.path.startswith("war.floors.")}
    assert set(lowered) == set(scenario.belligerents)
    first, second = lowered.values()
    assert first is not None and second is not None
    assert central(first) == central(second)


def test_what_nothing_distinguishes_is_the_same_for_both_sides(scenario: Scenario) -> None:
    war = scenario.war
    assert war is not None and war.beliefs is not None
    one, two = scenario.belligerents
    assert scenario.parties[one].discount == scenario.parties[two].discount
    assert war.terminal[one] == war.terminal[two]
    first, second = war.beliefs.theories.values()
    assert central(first.momentum_tilt) == central(second.momentum_tilt)
    assert (first.favours, second.favours) == (one, two)
    for side, other in ((one, two), (two, one)):
        assert central(first.hazard_factor[side]) == central(second.hazard_factor[other])


def test_swapping_changes_no_name(scenario: Scenario) -> None:
    swapped = scenario.swapped()
    assert swapped.belligerents == scenario.belligerents[::-1]
    assert set(inputs(swapped)) == set(inputs(scenario))
    assert findings(swapped) == findings(scenario)
    assert swapped.swapped() == scenario


@pytest.mark.parametrize("name", sorted(examples()))
def test_every_example_has_its_page(name: str) -> None:
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert page.startswith("# ")
    assert f"`{name}`" in page
    for heading in ("## What it is", "## What the tool concludes", "## What then happened",
                    "## Where the tool missed"):
        assert (f"{heading}\n" in page) == (name in PAST_WARS), heading


@pytest.mark.parametrize("name", PAST_WARS)
def test_page_states_how_its_figures_were_made(name: str) -> None:
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert re.search(rf"zopa run {name} --draws \d+ --seed \d+", page)


def test_claims_of_both_sides() -> None:
    """Each side of a war is heard: somebody who holds an office on its side."""
    words = {
        "falklands-1982": ("United Kingdom", "Argentina"),
        "iran-iraq-1982": ("Islamic Republic of Iran", "Iraq"),
        "korea-1951": ("United Nations Command", "Korean People's Army"),
    }
    for name, sides in words.items():
        said = list(_speakers(load(name)))
        for side in sides:
            assert any(side in text for text in said), (name, side)


def _speakers(scenario: Scenario) -> Iterator[str]:
    for claim in scenario.claims.values():
        yield from (f"{link.office or ''} {link.who}" for link in claim.chain)
