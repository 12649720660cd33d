"""The gold set is placed in its texts, and brat's standoff files are read as they are written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.reading.reader import needs_reader

ROOT = Path(__file__).parents[2]
SCORE = ROOT / "bench" / "read_score.py"
TEXT = "Ms. Lee said the road was open. ''It is safe,'' she added."
ANNOTATION = """T1\tSource 0 7\tMs. Lee
T2\tCue 8 12\tsaid
T3\tContent 13 30\tthe road was open
T4\tAttribution 8 12\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
T5\tContent 32 44;45 46\t''It is safe,
T6\tCue 51 56\tadded
T7\tAttribution-no-source 51 56\tadded
E2\tAttribution-no-source:T7 Content:T5 Cue:T6
"""


@needs_reader
@pytest.mark.parametrize("arguments", [[], ["--polnear"]])
def test_it_scores(arguments: list[str], tmp_path: Path) -> None:
    for folder, name, text in (("text", "a.txt", TEXT), ("attributions", "a_1f.ann", ANNOTATION)):
        (tmp_path / "dev" / folder).mkdir(parents=True)
        (tmp_path / "dev" / folder / name).write_text(text, encoding="utf-8")
    more = [*arguments, str(tmp_path)] if arguments else []
    done = subprocess.run(
        [sys.executable, SCORE, *more], capture_output=True, text=True, check=True, timeout=300)
    assert "content tokens" in done.stdout and "nan" not in done.stdout
    if arguments:
        assert "1 articles, 2 attributions" in done.stdout
        assert "content tokens, F          100.0" in done.stdout
