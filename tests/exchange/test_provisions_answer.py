"""Every figure of a provisions list's answer against brute force over its drafts."""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.test_provisions import written
from zopa.core.errors import ArgumentError, InputError
from zopa.exchange import provisions_answer as answers

ASKED = {"north": 5.0, "south": 6.5}
GROUPS = (("1", "2"), ("5", "6"))
SCORES = {"north": [3, 9, Fraction(13, 2), 5, 8, 1, 4],
          "south": [9, 2, 7, 6, 1, 8, Fraction(29, 4)]}
CATEGORIES = [{0, 1, 2}, {3, 4, 5}, {6}]
PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "csis_provisions.csv"


def means(draft: tuple[int, ...]) -> tuple[Fraction, ...]:
    return tuple(Fraction(sum(scores[j] for j in draft), len(draft)) for scores in SCORES.values())


def fits(draft: tuple[int, ...]) -> list[bool]:
    return [m >= Fraction(t) for m, t in zip(means(draft), ASKED.values(), strict=True)]


def drafts(settled: bool) -> list[tuple[int, ...]]:
    return [d for k in range(1, 8) for d in itertools.combinations(range(7), k)
            if not {0, 1} <= set(d) and not {4, 5} <= set(d)
            and (not settled or all(c & set(d) for c in CATEGORIES))]


def dominated(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return one != other and all(b >= a for a, b in zip(one, other, strict=True))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return answers.answer(written(tmp_path_factory.mktemp("list")), ASKED, GROUPS)


@pytest.mark.parametrize("settled", [False, True])
def test_counts_are_those_of_brute_force(found: dict[str, Any], settled: bool) -> None:
    part, there = found["every_category"] if settled else found, drafts(settled)
    fine = [d for d in there if all(fits(d))]
    assert part["allowed"] == len(there)
    assert part["satisfying"] == len(fine) > 0
    for i, party in enumerate(SCORES):
        out = part["ruled_out"][party]
        assert out["by_its_threshold"] == sum(not fits(d)[i] for d in there)
        assert out["by_its_threshold_alone"] == sum(
            not fits(d)[i] and all(f for k, f in enumerate(fits(d)) if k != i) for d in there)
    for j in range(7):
        share = sum(j in d for d in fine) / len(fine)
        assert part["share_of_satisfying_drafts"][str(j + 1)] == pytest.approx(share, abs=1e-15)
        assert (str(j + 1) in part["in_no_satisfying_draft"]) == (share == 0)
        assert (str(j + 1) in part["in_every_satisfying_draft"]) == (share == 1)
    assert {row["provisions"]: (row["drafts"], row["satisfying"]) for row in part["sizes"]} == {
        k: (n, sum(len(d) == k for d in fine)) for k in range(1, 8)
        if (n := sum(len(d) == k for d in there))}


@pytest.mark.parametrize("settled", [False, True])
@pytest.mark.parametrize("numbered", [False, True])
def test_efficient_drafts_are_those_of_brute_force(
        found: dict[str, Any], settled: bool, numbered: bool) -> None:
    there = {(*means(d), *((len(d),) if numbered else ())) for d in drafts(settled)}
    expected = {one for one in there if not any(dominated(one, other) for other in there)}
    part = found["every_category"] if settled else found
    told = part["efficient_in_mean_and_number" if numbered else "efficient"]
    got = [tuple(int(item) - 1 for item in draft["items"]) for draft in told["drafts"]]
    assert {(*means(d), *((len(d),) if numbered else ())) for d in got} == expected
    assert told["size"] == len(got) == len(expected)
    for d, draft in zip(got, told["drafts"], strict=True):
        assert list(draft["mean"].values()) == pytest.approx([float(m) for m in means(d)])
        assert draft["satisfies_all"] == all(fits(d))


def test_how_weak_a_threshold_on_the_mean_is(found: dict[str, Any]) -> None:
    assert found["mean"]["single_provisions"] == [
        str(j + 1) for j in range(7) if all(fits((j,)))] == ["3"]
    failing = [d for d in drafts(False) if not all(fits(d))]
    assert found["mean"]["failing"] == len(failing)
    assert found["mean"]["rescued_by_leaving_one_out"] == sum(
        any(len(d) > 1 and all(fits(tuple(k for k in d if k != j))) for j in d)
        for d in failing) > 0


def test_all_drafts_are_counted(found: dict[str, Any]) -> None:
    assert found["drafts"] == {"all": 127, "excluded": 127 - len(drafts(False))}


def test_a_threshold_is_met_exactly(tmp_path: Path) -> None:
    text = "item,category,provision,a_sat\n1,x,one,0.1\n2,x,two,0.2\n3,x,three,0.6\n"
    told = answers.answer(written(tmp_path, text), {"a": 0.3})
    assert told["satisfying"] == 4  # {3}, {1,3}, {2,3}, and {1,2,3}, whose mean is 0.3


def test_no_threshold_rules_out_nothing_and_is_said(tmp_path: Path) -> None:
    told = answers.answer(written(tmp_path), {"north": 5})
    assert told["ruled_out"]["south"]["by_its_threshold"] == 0
    assert told["thresholds"] == {"north": 5.0, "south": None}
    assert any("No threshold is given for south" in note for note in told["notes"])
    assert any("Perhaps these do" in line for line in answers.lines(told))
    assert told["drafts"]["excluded"] == 0


def test_without_thresholds_nothing_is_made_of_them(tmp_path: Path) -> None:
    told = answers.lines(answers.answer(written(tmp_path)))
    assert any("give --threshold PARTY=NUMBER" in line for line in told)
    assert not any("satisfy everybody (" in line or "is weak" in line for line in told)


def test_an_empty_zone_has_no_shares(tmp_path: Path) -> None:
    told = answers.answer(written(tmp_path), {"north": 9, "south": 9})
    assert told["satisfying"] == 0
    assert set(told["share_of_satisfying_drafts"].values()) == {None}
    assert told["in_no_satisfying_draft"] == told["in_every_satisfying_draft"] == []
    assert answers.lines(told)


def test_an_options_file_says_the_same(tmp_path: Path, found: dict[str, Any]) -> None:
    options = tmp_path / "options.yaml"
    options.write_text("thresholds: {north: 5, south: 6.5}\nexclude: [[1, 2], [5, 6]]\n")
    assert answers.answer([written(tmp_path), options]) == found
    options.write_text("thresholds: {north: much}\n")
    with pytest.raises(InputError, match="options.yaml:1"):
        answers.answer([written(tmp_path), options])
    options.write_text("threshold: {north: 5}\n")
    with pytest.raises(InputError, match="not a file of options"):
        answers.answer([written(tmp_path), options])


def test_arguments() -> None:
    assert answers.thresholds_of(["north=5", "south = 6.5"]) == ASKED
    assert answers.exclusions_of(["1,2", "5, 6"]) == GROUPS
    for wrong in (["north"], ["north=x"], ["=5"], ["north=5", "north=6"]):
        with pytest.raises(ArgumentError, match="--threshold"):
            answers.thresholds_of(wrong)


def test_blocks_do_not_change_the_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                         found: dict[str, Any]) -> None:
    from zopa.spaces import drafts as enumerated

    monkeypatch.setattr(enumerated, "LOW", 3)
    assert answers.answer(written(tmp_path), ASKED, GROUPS) == found


def test_too_many_are_refused_in_a_line(tmp_path: Path) -> None:
    rows = "".join(f"{n},x,provision {n},5\n" for n in range(40))
    with pytest.raises(ArgumentError, match="40 provisions"):
        answers.answer(written(tmp_path, "item,category,provision,a_sat\n" + rows))


def test_words(found: dict[str, Any]) -> None:
    text = "\n".join(answers.lines(found))
    assert "There are 127 drafts" in text
    assert "3 (observers at the border)" in text


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published list is not at hand")
def test_the_published_list_of_twenty() -> None:
    told = answers.answer(
        PUBLISHED, {"ukraine": 5, "russia": 6.5, "usa": 3, "eu": 4},
        answers.exclusions_of(["2,3", "5,6", "12,13", "14,15"]))
    assert told["drafts"]["all"] == 2 ** 20 - 1
    assert told["allowed"] == 3 ** 4 * 2 ** 12 - 1
    assert told["satisfying"] == 162_010
    assert told["mean"]["single_provisions"] == ["1", "3", "16"]
    assert told["ruled_out"]["usa"]["by_its_threshold"] == 0
    assert told["every_category"]["satisfying"] == 127_727


@pytest.mark.parametrize(("count", "alone", "said"), [
    (0, 0, "nothing."), (4, 0, "4 (less than 0.1 %); none of them fails by it alone."),
    (400, 400, "400 (4.0 %); all of them fail by it alone."),
    (400, 1, "400 (4.0 %); 1 of them fails by it alone.")])
def test_what_a_threshold_rules_out_is_a_sentence(count: int, alone: int, said: str) -> None:
    out = {"by_its_threshold": count, "by_its_threshold_alone": alone}
    assert answers.ruled_out("north", out, 10_000) == f"north: its threshold rules out {said}"
