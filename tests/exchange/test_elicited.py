"""A file of elicited preferences: what is read, what is refused with its place, what it answers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from zopa.core.errors import InputError
from zopa.exchange import elicited
from zopa.exchange.robust_answer import lines, robust_answer

FILE = """zopa_preferences: 1
title: The river
issues: {border: [today, old line], water: [half, third, none], guards: [own, joint]}
parties: [north, south]
experts:
  Anna:
    north:
      issues: {order: [border, water, guards], points: {border: 100, water: [40, 60]}}
      options:
        border: {order: [today, old line]}
        water: {order: [half, third, none], points: {third: [50, 80]}}
        guards: {points: {own: 0, joint: 100}}
      reservation: [30, 45]
    south: unknown
  Ben:
    north:
      issues: {order: [guards, [water, border]]}
      options: {water: unknown}
    south:
      issues: {weights: {border: 0.5, water: [0.1, 0.3]}}
      options: {water: {order: [none, third, half]}}
      reservation: 40
"""


def test_everything_said_is_kept_apart() -> None:
    read = elicited.parse(FILE, "river.yaml")
    known = read.uncertain
    assert known is not None
    assert known.experts == ("Anna", "Ben") and known.parties == ("north", "south")
    assert sorted(known.said) == [(0, 0), (1, 0), (1, 1)]
    anna, ben = known.said[0, 0], known.said[1, 0]
    assert anna.weights.order == ((0,), (1,), (2,))
    assert [(r.issue, r.other, r.low, r.high) for r in anna.weights.ratios] == [(1, 0, 0.4, 0.6)]
    assert anna.reservation == (0.3, 0.45) and ben.reservation is None
    assert anna.values[2].low.tolist() == [0.0, 1.0] == anna.values[2].high.tolist()
    assert ben.weights.order == ((2,), (1, 0))
    south = known.said[1, 1]
    assert south.weights.low.tolist() == [0.5, 0.1, 0.0]
    assert south.weights.high.tolist() == [0.5, 0.3, 1.0]
    assert south.values[1].order == ((2,), (1,), (0,))
    assert any("Ben on north, water" in note for note in read.notes)


def test_draws_hold_what_was_said() -> None:
    known = elicited.parse(FILE, "river.yaml").uncertain
    assert known is not None
    draws = known.draws(400, seed=2)
    anna = draws.expert[0] == 0
    ratio = draws.weight[0, 1, anna] / draws.weight[0, 0, anna]
    assert 0.4 - 1e-9 <= ratio.min() < ratio.max() <= 0.6 + 1e-9
    third = draws.worth[1][0, 1, anna] / (100 * draws.weight[0, 1, anna])
    assert 0.5 - 1e-9 <= third.min() < third.max() <= 0.8 + 1e-9
    assert draws.weight[0, 1, ~anna] == pytest.approx(draws.weight[0, 0, ~anna])
    assert draws.weight[1, 0] == pytest.approx(np.full(400, 0.5))
    assert (draws.reservation[1] == 40).all()


def test_the_domain_stands_at_the_means() -> None:
    domain = elicited.parse(FILE, "river.yaml").domain
    assert domain.reservation[1] == pytest.approx(40)
    assert 30 < domain.reservation[0] < 45  # Ben does not know it; Anna is heard
    assert domain.title == "The river"
    assert domain.issues == ("border", "water", "guards")


@pytest.mark.parametrize("old, new, told", [
    ("order: [border, water, guards]", "order: [border, watr, guards]",
     "there is no 'watr'. Did you mean 'water'?"),
    ("order: [border, water, guards]", "order: [border, border]", "'border' stands twice"),
    ("water: [40, 60]", "water: [60, 40]", "does not lie in 0 to 100"),
    ("water: [40, 60]", "water: much", "must be a number, a range"),
    ("border: 100, ", "", "no issue has 100 points"),
    ("order: [none, third, half]", "order: [none, third]", "does not name 'half'"),
    ("    south: unknown", "    sooth: {}", "there is no party 'sooth'. Did you mean 'south'?"),
    ("reservation: 40", "reserve: 40", "there is no key 'reserve'"),
    ("weights: {border: 0.5", "weights: {border: 5", "does not lie in 0 to 1"),
    ("zopa_preferences: 1", "zopa_preferences: 2", "this version reads"),
    ("parties: [north, south]", "parties: []", "`parties` must be"),
    ("today, old line]", "today, today]", "`issues` must name issues"),
])
def test_what_is_refused_has_its_place(old: str, new: str, told: str) -> None:
    with pytest.raises(InputError) as refused:
        elicited.parse(FILE.replace(old, new, 1), "river.yaml")
    assert told in str(refused.value)
    assert str(refused.value).startswith("river.yaml:")


def test_a_contradiction_names_expert_party_and_mend() -> None:
    text = FILE.replace("weights: {border: 0.5, water: [0.1, 0.3]}",
                        "order: [water, border], weights: {border: 0.5, water: [0.1, 0.3]}")
    with pytest.raises(InputError, match="Ben on south, weights: nothing fulfils.*Widen"):
        elicited.parse(text, "river.yaml")


def test_a_party_nobody_speaks_of_is_unknown_and_said() -> None:
    text = FILE[:FILE.index("  Ben:")]
    read = elicited.parse(text, "river.yaml")
    assert any("Nobody says anything of south" in note for note in read.notes)
    assert any("least that south accepts" in note for note in read.notes)
    assert np.isneginf(read.domain.reservation[1])


def test_looks_like(tmp_path: Path) -> None:
    assert elicited.looks_like(FILE) and not elicited.looks_like("zopa: 1\n")
    path = tmp_path / "river.yaml"
    path.write_text(FILE)
    assert elicited.read(path).kind == elicited.KIND
    with pytest.raises(InputError, match="cannot be read"):
        elicited.read(tmp_path / "other.yaml")


def test_the_robust_answer_has_every_part() -> None:
    read = elicited.parse(FILE, "river.yaml")
    told = robust_answer(read, draws=200)
    assert told["draws"] == 200 and told["packages"] == 12 == len(told["ranked"])
    assert told["experts"] == {"Anna": ["north"], "Ben": ["north", "south"]}
    chances = [row["zone_and_frontier"]["probability"] for row in told["ranked"]]
    assert chances == sorted(chances, reverse=True) and chances[0] > 0
    first = told["ranked"][0]["zone"]
    assert first["low"] <= first["probability"] <= first["high"]
    assert first["probability"] == pytest.approx(
        (first["by_expert"]["Anna"] + first["by_expert"]["Ben"]) / 2)
    weight = told["weights"]["north"]["border"]
    assert weight["by_expert"]["Anna"] > 0.5 > weight["by_expert"]["Ben"]
    assert weight["between_experts"] > 0.5
    assert told["weights"]["south"]["border"]["between_experts"] is None
    text = "\n".join(lines(told))
    assert "200 draws" in text and "experts differ most about" in text


def test_equal_files_give_equal_answers() -> None:
    one, other = (robust_answer(elicited.parse(FILE, "a.yaml"), draws=64) for _ in range(2))
    assert one == other


def test_a_reservation_value_put_in_its_place_holds_in_every_draw() -> None:
    from dataclasses import replace

    read = elicited.parse(FILE, "river.yaml")
    high = replace(read.domain, reservation=np.array([read.domain.reservation[0], 101.0]))
    told = robust_answer(read, high, draws=64)
    assert told["zone_exists"]["probability"] == 0.0
    assert robust_answer(read, draws=64)["zone_exists"]["probability"] > 0.5


def test_any_reader_finds_the_format(tmp_path: Path) -> None:
    from zopa.exchange.read import read

    path = tmp_path / "river.yaml"
    path.write_text(FILE)
    found = read([path])
    assert isinstance(found, elicited.Elicited) and found.uncertain is not None
