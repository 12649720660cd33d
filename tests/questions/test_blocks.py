"""Who blocks what, against plain loops over draws and packages."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from tests.docs.pages import ROOT
from tests.properties.test_neutral_answers import differences, in_order_of_names
from tests.questions.grouped import GROUPS
from tests.questions.plain_loops import Slow
from tests.questions.tiny import PEACE, tiny, tiny_study
from zopa.draws.sobol import sample
from zopa.ensemble.solve import Parts
from zopa.questions import blocks, zone
from zopa.questions.deals import deals, unvetoed
from zopa.questions.groups import groups
from zopa.questions.study import Study

VETOES = (("north", "council"), ("south", "public"), ("west", "president"))
SIDE = {"north": 0, "south": 1, "west": 1}


class Loops(Slow):
    """Groups by loops, for one draw."""

    def utility(self, party: str, name: str, package: tuple[str, ...]) -> float:
        group = self.scenario.parties[party].groups[name]
        path, side = f"parties.{party}.groups.{name}", self.sides[SIDE[party]]
        total = sum(self.v(f"{path}.weights.{j}") for j in group.weights)
        worth = 0.0
        for j, o in zip(self.scenario.issues, package, strict=True):
            if j not in group.weights:
                continue
            option = self.scenario.issues[j].options[o]
            own = o in group.values.get(j, {})
            value = self.v(f"{path}.values.{j}.{o}" if own
                           else f"issues.{j}.options.{o}.values.{side}")
            if side in option.on_position:
                value += self.v(f"issues.{j}.options.{o}.on_position.{side}") * self.x(
                    self.now[1])
            worth += self.v(f"{path}.weights.{j}") / total * min(max(value, 0.0), 1.0)
        return worth

    def cost(self, i: int, state: Any) -> float:
        return super().cost(i, state) * getattr(self, "factor", 1.0)

    def least(self, party: str, name: str) -> float:
        known: dict[str, float] = self.__dict__.setdefault("known", {})
        if name not in known:
            known[name] = self._least(party, name)
        return known[name]

    def _least(self, party: str, name: str) -> float:
        path = f"parties.{party}.groups.{name}"
        if self.scenario.parties[party].groups[name].accepts is not None:
            return self.v(f"{path}.accepts")
        self.factor = self.v(f"{path}.cost")
        never = self.never()[SIDE[party]]
        del self.factor
        a, k = self.deal(SIDE[party], self.now, never)
        return (never[self.now] - k) / a

    def floor(self) -> list[float]:
        """A fine walk along the frontier: the ends of what each group with a veto accepts."""
        found = [self.rho[0], self.rho[1]]
        by_value = {u: names for names, u in self.packages(self.now[1]).items()}
        for party, name in VETOES:
            i, least = SIDE[party], self.least(party, name)
            chain = sorted(self.frontiers[self.now[1]], key=lambda u: -u[i])
            points = []
            for one, two in zip(chain[:-1], chain[1:], strict=True):
                start, end = (self.utility(party, name, by_value[u]) for u in (one, two))
                for t in np.linspace(0.0, 1.0, 4001):
                    u = [(1 - t) * p + t * q for p, q in zip(one, two, strict=True)]
                    points.append((u, (1 - t) * start + t * end >= least - 1e-12))
            yes = [n for n, (_, ok) in enumerate(points) if ok]
            if not yes:
                found[i] = max(found[i], chain[0][i] + 1.0)
                continue
            if yes[0] > 0:
                found[1 - i] = max(found[1 - i], points[yes[0]][0][1 - i])
            after = [n for n in range(yes[0], len(points)) if not points[n][1]]
            if after:
                found[i] = max(found[i], points[after[0] - 1][0][i])
        return found


@pytest.fixture(scope="module")
def study() -> Study:
    return tiny_study(GROUPS, 16, 3)


@pytest.fixture(scope="module")
def loops(study: Study) -> list[Loops]:
    return [Loops(study.scenario, study.draws, n) for n in range(3)]


def test_thresholds_floors_and_the_zone_by_loops(study: Study, loops: list[Loops]) -> None:
    inside, ground = groups(study), deals(study)
    assert inside is not None
    ensemble = study.ensemble(Parts.BARGAIN)
    by_name = {(seat.party, seat.name): n for n, seat in enumerate(inside.seats)}
    for n, slow in enumerate(loops):
        for party, name in VETOES:
            assert_allclose(inside.accepted[by_name[party, name], n], slow.least(party, name),
                            atol=1e-9)
        assert_allclose(ensemble.floor[:, n], slow.floor(), atol=1e-3)
        for package, names in enumerate(slow.packages(slow.now[1])):
            rejects = any(slow.utility(*who, names) < slow.least(*who) for who in VETOES)
            assert ground.vetoed is not None
            assert ground.vetoed[package, n] == rejects


def test_the_zone_is_what_is_left_after_every_veto(study: Study) -> None:
    inside, ground, free = groups(study), deals(study), unvetoed(study)
    assert inside is not None
    assert_array_equal(ground.zone.mask, free.zone.mask & ~inside.vetoed)
    assert 0 < ground.zone.mask.sum() < free.zone.mask.sum()
    assert not (ground.signable.mask & inside.vetoed).any()


def test_who_blocks_what_by_loops(study: Study) -> None:
    found, inside, free = blocks.answer(study), groups(study), unvetoed(study)
    assert found is not None and inside is not None
    packages, mask = free.packages, free.zone.mask
    for n, seat in enumerate(inside.seats):
        entry = found[seat.party][seat.name]
        if entry["blocks"] is None:
            assert seat.name == "guild"
            continue
        others = [m for m, veto in enumerate(inside.vetoes) if veto and m != n]
        shares, alone = [], []
        held: dict[tuple[int, int], list[int]] = {}
        for draw in range(16):
            there = [p for p in range(len(packages)) if mask[p, draw]]
            hit = [p for p in there if inside.rejected[n, p, draw]]
            lone = [p for p in hit if not any(inside.rejected[m, p, draw] for m in others)]
            if there:
                shares.append(len(hit) / len(there))
                alone.append(len(lone) / len(there))
            for p in there:
                for issue in (0, 1):
                    count = held.setdefault((issue, int(packages[p, issue])), [0, 0])
                    count[0] += p in lone
                    count[1] += 1
        assert math.isclose(entry["blocks"], sum(shares) / len(shares))
        assert math.isclose(entry["alone"], sum(alone) / len(alone), abs_tol=1e-15)
        for issue, name in enumerate(study.scenario.issues):
            rate = {o: a / b for (j, o), (a, b) in held.items() if j == issue}
            best = max(rate.values())
            if best == 0:
                assert entry["options"][name] is None
                continue
            option = next(o for o in sorted(rate) if rate[o] == best)
            assert entry["options"][name]["option"] == list(
                study.scenario.issues[name].options)[option]
            assert math.isclose(entry["options"][name]["share"], best)


def test_weights_of_the_draws_count(study: Study) -> None:
    weight = np.zeros(16)
    weight[3] = 1.0
    one = blocks.answer(study.reweighted(weight, ()))
    inside = groups(study)
    assert one is not None and inside is not None
    assert math.isclose(one["south"]["public"]["accepts"], inside.accepted[2, 3])
    assert one["south"]["public"]["binds"] in (0.0, 1.0)


def test_a_group_that_is_its_party_blocks_nothing_that_was_in_the_zone() -> None:
    own = {"title": "North", "veto": True, "weights": {"border": 0.6, "harbour": 0.4}}
    alone, grouped = tiny_study(), tiny_study({"parties.north.groups": {"self": own}})
    assert_array_equal(deals(alone).zone.mask, deals(grouped).zone.mask)
    found = blocks.answer(grouped)
    assert found is not None
    assert found["north"]["self"]["blocks"] == 0.0
    assert found["north"]["self"]["options"] == {"border": None, "harbour": None}


def test_without_groups_there_is_no_answer() -> None:
    assert blocks.answer(tiny_study()) is None
    assert zone.answer(tiny_study())["blocked"] is None


def test_groups_of_an_agreement_space_without_a_war() -> None:
    group = {"title": "The council", "veto": True, "weights": {"border": 0.1, "harbour": 0.9}}
    study = tiny_study(PEACE | {"parties.north.groups": {"council": group}, "issues.border.options."
                                "freeze": {"title": "F", "values": {"north": 0.6, "south": 0.5}}})
    found = blocks.answer(study)
    assert found is not None
    council = found["north"]["council"]
    assert council["binds"] is None and council["nothing"] is None
    assert 0.4 < council["accepts"] < 0.6 and council["blocks"] > 0.1
    inside = groups(study)
    assert inside is not None
    assert_array_equal(inside.accepted[0], study.draws["disagreement.north"])
    assert_array_equal(deals(study).zone.mask, unvetoed(study).zone.mask & ~inside.vetoed)


def test_swapping_the_sides_changes_no_answer() -> None:
    scenario = tiny(GROUPS)
    one, other = (in_order_of_names(zone.answer(Study(s, sample(s, 32, 3))))
                  for s in (scenario, scenario.swapped()))
    assert differences(one, other) == []
    assert one["blocked"]["south"]["public"]["alone"] > 0.0


def test_the_page_on_answers_names_every_key() -> None:
    text = (ROOT / "docs/reference/answers.md").read_text(encoding="utf-8")
    section = text.split("`blocked` is party", 1)[1].split("\nThe **predicted", 1)[0]
    found = blocks.answer(tiny_study(GROUPS, 16, 3))
    assert found is not None
    entry = found["south"]["public"]
    named = {*entry, *entry["options"]["border"]}
    assert {key for key in named if f"`{key.removesuffix('_spread')}`" not in section} == set()
