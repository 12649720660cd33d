"""`zopa zone`: what it prints and writes, and how it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.calling import Called, call
from tests.spaces.small_domains import PANAMA, PANAMA_ISSUES, US

Call = Callable[..., Called]
PROVISIONS = """item,category,provision,north_sat,south_sat
1,land,return,8,3
2,land,keep,2,9
3,aid,rebuild,7,7
"""


@pytest.fixture
def zopa(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("COLUMNS", "100")
    return lambda *arguments: call(capsys, monkeypatch, *map(str, arguments))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """The Panama Canal treaty as a mediator's table (weights: Raiffa, in Brams and Taylor)."""
    rows = ["issue,option,United States,Panama"]
    for issue, us, panama in zip(PANAMA_ISSUES, US, PANAMA, strict=True):
        rows += [f"{issue},as the US wants,{us},0", f",as Panama wants,0,{panama}"]
    path = tmp_path / "panama.csv"
    path.write_text("\n".join([*rows, "reservation,,30,20"]) + "\n", encoding="utf-8")
    return path


def one_line(called: Called) -> bool:
    return (called.code == 2 and called.err.count("\n") == 1 and "Traceback" not in called.err
            and called.out == "")


def test_the_answer_in_words(zopa: Call, table: Path) -> None:
    called = zopa("zone", table)
    assert called.code == 0 and called.err == ""
    text = " ".join(called.out.split())
    assert "Is there a zone of possible agreement? Yes: 821 of 1,024 packages" in text
    assert "Nash, Kalai–Smorodinsky" in text and "worth 64 for United States and 68" in text
    assert "4 steps in which nobody loses, all of them trades across two issues, lead" in text
    assert "gives 2 on defence_role_of_panama, which it values less" in text
    assert "o efficient N Nash + in the zone · outside" in text
    assert all(len(line) <= 100 for line in called.out.splitlines())


def test_the_same_files_give_the_same_json(zopa: Call, table: Path) -> None:
    first, second = zopa("zone", table, "--json"), zopa("zone", table, "--json")
    assert first.out == second.out and first.err == ""
    found = json.loads(first.out)
    assert found["zone"]["packages"] == 821 and found["reservation"]["Panama"] == 20


def test_options_change_the_question(zopa: Call, table: Path) -> None:
    found = json.loads(zopa(
        "zone", table, "--json", "--reserve", "Panama=65", "--reserve", "United States=70",
        "--disagreement", "Panama=5", "--from",
        "use_rights=as Panama wants,duration=as the US wants").out)
    assert found["zone"]["exists"] is False
    assert found["zone"]["concession"]["fall"] == {"Panama": 4.0, "United States": 4.0}
    # the table has no row of disagreement: its reservation values stand for it
    assert found["disagreement"] == {"Panama": 5.0, "United States": 30.0}
    assert found["text"]["start"]["use_rights"] == "as Panama wants"
    found = json.loads(zopa("zone", table, "--json", "--reserve", "Panama=-inf").out)
    assert found["reservation"]["Panama"] is None


def test_the_page_and_its_data_are_written_together(zopa: Call, table: Path,
                                                    tmp_path: Path) -> None:
    out = tmp_path / "out"
    called = zopa("zone", table, "--out", out, "--quiet")
    assert called.code == 0 and called.out.endswith("zone.html: open it in a browser.\n")
    assert sorted(path.name for path in out.iterdir()) == ["answers.json", "zone.html"]
    assert (out / "answers.json").read_text(encoding="utf-8") == zopa("zone", table, "--json").out
    first = (out / "zone.html").read_bytes()
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    assert zopa("zone", table, "--out", out, "--quiet").code == 0
    assert (out / "zone.html").read_bytes() == first and (out / "notes.txt").exists()


def test_what_is_there_is_not_overwritten(zopa: Call, table: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "answers.json").write_text("{}", encoding="utf-8")
    refused = zopa("zone", table, "--out", other)
    assert one_line(refused) and "something else" in refused.err
    assert one_line(zopa("zone", table, "--out", table))
    assert (other / "answers.json").read_text(encoding="utf-8") == "{}"
    assert len(list(other.iterdir())) == 1


@pytest.mark.parametrize(("options", "said"), [
    (["--reserve", "Panama"], "--reserve 'Panama' must be PARTY=VALUE"),
    (["--reserve", "Panama=much"], "must be PARTY=VALUE"),
    (["--reserve", "Panama=1", "--reserve", "Panama=2"], "twice"),
    (["--reserve", "Panam=1"], "Did you mean 'Panama'?"),
    (["--disagreement", "Panama=inf"], "finite"),
    (["--from", "duration"], "issue=option"),
    (["--from", "duration=never"], "has no option 'never'"),
    (["--threshold", "Panama=4"], "provisions lists"),
])
def test_a_wrong_option_is_one_line(zopa: Call, table: Path, options: list[str],
                                    said: str) -> None:
    refused = zopa("zone", table, *options)
    assert one_line(refused) and said in refused.err


def test_a_file_that_cannot_be_read_is_one_line(zopa: Call, tmp_path: Path) -> None:
    assert one_line(zopa("zone", tmp_path / "nothing.csv"))
    path = tmp_path / "prose.txt"
    path.write_text("Once upon a time\n", encoding="utf-8")
    assert one_line(zopa("zone", path))


def test_a_shipped_scenario_by_its_name(zopa: Call) -> None:
    called = zopa("zone", "camp-david-1978")
    assert called.code == 0 and "64 of 64 packages" in called.out
    assert "0.6 for israel and 0.75 for egypt" in " ".join(called.out.split())


def test_a_provisions_list_has_thresholds(zopa: Call, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(PROVISIONS, encoding="utf-8")
    given = ("--threshold", "north=5", "--threshold", "south=5", "--exclude", "1,2")
    found = json.loads(zopa("zone", path, "--json", *given).out)
    assert found["provisions"]["allowed"] == 5
    assert "The provisions list" in zopa("zone", path, *given).out
    assert one_line(zopa("zone", path, "--reserve", "north=5"))
