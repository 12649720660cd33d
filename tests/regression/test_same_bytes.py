"""The same scenario, seed and draws give the same bytes, in whatever process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.questions.tiny import claim, tiny

CLAIMS = {"war.position.moves.static": {1: 0.0},
          "war.hazards.north.base": {"range": [0.001, 0.03]},
          "claims.calm": claim("only_settlement"),
          "claims.stuck": claim("victory_unlikely", party="south")}


def test_two_processes_write_the_same_answers(tmp_path: Path) -> None:
    """Also where Python orders its sets differently."""
    scenario = tmp_path / "tiny.json"
    scenario.write_text(tiny(CLAIMS).model_dump_json(exclude_none=True), encoding="utf-8")
    running = {seed: subprocess.Popen(
        [Path(sys.executable).parent / "zopa", "run", scenario, "--draws", "32", "--quiet",
         "--out", tmp_path / seed], env={**os.environ, "PYTHONHASHSEED": seed},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for seed in ("0", "1")}
    said = {seed: process.communicate(timeout=300)[0] for seed, process in running.items()}
    assert [process.returncode for process in running.values()] == [0, 0], said
    for name in ("answers.json", "sources.bib", "draws.nc"):
        one, other = ((tmp_path / seed / name).read_bytes() for seed in ("0", "1"))
        assert one == other, name
