"""`zopa compare`: what it prints, as text and as data, and how it refuses."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calling import Called, call
from tests.docs.pages import ROOT
from tests.questions.tiny import claim, tiny

Call = Callable[..., Called]


@pytest.fixture
def zopa(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("COLUMNS", "160")
    return lambda *arguments: call(capsys, monkeypatch, *map(str, arguments))


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Runs without a war: `one`, `again` the same, `other` with another title of an issue."""
    import zopa
    from zopa.report.result import run
    from zopa.scenario.load import loads
    from zopa.scenario.source import example_text

    folder = tmp_path_factory.mktemp("runs")
    text = example_text("camp-david-1978")
    first = next(iter(zopa.load("camp-david-1978").issues))
    for name in ("one", "again", "other"):
        scenario = loads(text, "camp-david.yaml").scenario
        if name == "other":
            issue = scenario.issues[first].model_copy(update={"title": "Another title"})
            scenario = scenario.model_copy(update={"issues": {**scenario.issues, first: issue}})
        run(scenario, draws=8).write(folder / name)
    return folder


@pytest.fixture(scope="module")
def wars(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Runs of a war: `war`, `swapped` with its sides exchanged."""
    from zopa.report.result import run

    folder = tmp_path_factory.mktemp("wars")
    scenario = tiny({"war.hazards.north.base": {"range": [0.001, 0.008]},
                     "claims.stuck": claim("victory_unlikely", party="south")})
    run(scenario, draws=8, heavy=4).write(folder / "war")
    run(scenario.swapped(), draws=8, heavy=4).write(folder / "swapped")
    return folder


def one_line(called: Called) -> bool:
    return (called.code == 2 and called.err.count("\n") == 1 and "Traceback" not in called.err
            and called.out == "")


def test_the_same_input_twice(zopa: Call, runs: Path) -> None:
    called = zopa("compare", runs / "one", runs / "again")
    assert called.code == 0 and called.err == ""
    assert "Nothing changed: the same inputs, the same answers, to the byte." in called.out


def test_a_change_is_told_and_is_no_error(zopa: Call, runs: Path) -> None:
    called = zopa("compare", runs / "one", runs / "other")
    assert called.code == 0 and "1 other entry changed" in called.out
    assert "Another title" in called.out


def test_exchanged_sides_change_no_answer_by_name(zopa: Call, wars: Path) -> None:
    called = zopa("compare", wars / "war", wars / "swapped", "--json", "--all")
    data = json.loads(called.out)
    assert data["inputs"]["sides"] == "another order"
    assert data["inputs"]["numbers"] == data["inputs"]["structure"] == []
    assert data["answers"]["differences"] == []
    assert not any(one["changed"] for one in
                   data["answers"]["headlines"] + data["answers"]["verdicts"])
    assert "The sides are in another order." in zopa(
        "compare", wars / "war", wars / "swapped").out


def test_a_war_against_none(zopa: Call, runs: Path, wars: Path) -> None:
    called = zopa("compare", wars / "war", runs / "one", "--all")
    assert called.code == 0 and "not the same parties" in called.out
    data = json.loads(zopa("compare", runs / "one", wars / "war", "--json").out)
    assert data["inputs"]["sides"] == "others" and "differences" not in data["answers"]


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            if key not in ("exact", "before", "after") or isinstance(item, dict):
                yield from keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from keys(item)


def test_every_key_of_the_data_is_documented(zopa: Call, wars: Path, runs: Path) -> None:
    text = (ROOT / "docs/reference/compare.md").read_text(encoding="utf-8")
    known = {word for part in re.findall(r"`([^`]+)`", text) for word in re.findall(r"\w+", part)}
    for other in (wars / "swapped", runs / "other"):
        data = json.loads(zopa("compare", runs / "one", other, "--json", "--all").out)
        data["inputs"]["settings"] = data["inputs"]["settings"][:1]
        assert sorted(set(keys(data)) - known) == []


def test_what_is_no_run_is_refused_in_one_line(zopa: Call, runs: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(runs / "one", damaged)
    answers = damaged / "answers.json"
    answers.write_text(answers.read_text(encoding="utf-8").replace("1", "2", 1), encoding="utf-8")
    for bad in (tmp_path, tmp_path / "nothing", damaged, runs / "one" / "answers.json"):
        assert one_line(zopa("compare", runs / "one", bad))
        assert one_line(zopa("compare", bad, runs / "one"))
