"""The benchmark runs, and prints what it promises; its figures are nobody's business here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).parents[2] / "bench" / "run.py"


@pytest.mark.parametrize(("case", "names"), [
    ("commands", ["command.help", "command.check"]),
    ("numpy", ["times_faster_than_numpy", "numpy.peak_memory"]),
])  # fmt: skip
def test_lines_have_name_figure_unit_and_machine(case: str, names: list[str]) -> None:
    done = subprocess.run([sys.executable, RUN, "--quick", "--only", case], capture_output=True,
                          text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(row) for row in done.stdout.splitlines()]
    assert [line["name"] for line in lines] == names
    for line in lines:
        assert line["figure"] > 0 and line["unit"] and line["quick"] is True
        assert line["machine"]["cores"] >= 1 and line["machine"]["cpu"]
    if case == "numpy":
        assert lines[0]["largest_difference"] < 1e-12
        assert lines[0]["lattice"]["states"] > 1000


def test_frontiers_are_compared_with_negmas_where_it_is_installed() -> None:
    done = subprocess.run([sys.executable, RUN, "--quick", "--only", "frontier"],
                          capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    lines = {(line["name"], line.get("than")): line
             for line in map(json.loads, done.stdout.splitlines())}
    beside = (RUN.parents[1] / ".venv-negmas").exists()
    assert beside or "make negmas" in done.stderr
    for parties in (2, 3):
        for size in ("1e3", "1e4"):
            case = f"frontier.{parties}_parties.{size}"
            ours = [lines[f"{case}.{way}", None]
                    for way in ("enumerated", "every", "merged", "ready")]
            assert len({line["points"] for line in ours}) == 1 and ours[0]["points"] > 1
            assert all(line["figure"] > 0.0 and line["unit"] == "s" for line in ours)
            assert ours[1]["looked_at"] == float(size)
            if beside:
                compared = lines[f"{case}.merged.times_faster", "enumerated"]
                assert compared["largest_difference"] == 0.0
