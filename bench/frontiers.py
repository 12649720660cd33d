"""Frontiers of random domains, ours against NegMAS's, each in a process of its own.

Options are worth numbers drawn evenly from [0, 1], independently for every party and issue.  In an
`opposed` domain, which is harder, two parties rank the options of every issue in opposite orders
and weigh the issues differently.  Every issue has ten options.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from process import line, spend

HERE = Path(__file__).resolve().parent
NEGMAS = HERE.parent / ".venv-negmas" / ("Scripts" if os.name == "nt" else "bin") / "python"
ABSENT = "NegMAS is not installed beside, so the lines are ours alone: run `make negmas`."
LIMIT = 600.0
"""Seconds after which NegMAS is stopped."""
OPTIONS = 10
AGAINST = {"enumerated": ("enumerated", "lean"), "every": ("enumerated", "lean"),
           "merged": ("enumerated", "merged"), "ready": ("ready",)}
"""Our way -> NegMAS's ways that do the same job, the one that it recommends first."""
AIMS = {"enumerated": (10.0, 0.25), "merged": (1000.0, None)}
"""Our way -> times faster than NegMAS and its share of NegMAS's memory, at a million packages."""


@dataclass(frozen=True)
class Case:
    """A domain and who answers how."""

    parties: int
    issues: int
    ours: tuple[str, ...] = ("enumerated", "every", "merged", "ready")
    negmas: tuple[str, ...] = ("enumerated", "lean", "ready")
    opposed: bool = False

    @property
    def name(self) -> str:
        """`2_parties.1e6`."""
        kind = ".opposed" if self.opposed else ""
        return f"{self.parties}_parties{kind}.1e{self.issues}"

    def domain(self) -> dict[str, Any]:
        """The domain as both sides read it."""
        rng = np.random.default_rng([self.parties, self.issues, int(self.opposed)])
        worth = rng.random((self.issues, self.parties, OPTIONS))
        if self.opposed:
            worth[:, 1] = 1.0 - worth[:, 0]
            worth[:, :2] *= rng.random((self.issues, 2, 1))
        return {"worth": worth.tolist(), "reservation": None}


TWO = ("enumerated", "lean", "merged", "ready")
SMALL = (Case(2, 3, negmas=TWO), Case(3, 3), Case(2, 4, negmas=TWO), Case(3, 4))
LARGE = (
    Case(2, 5, negmas=TWO), Case(3, 5), Case(2, 6, negmas=TWO), Case(3, 6),
    Case(2, 6, negmas=TWO, opposed=True), Case(3, 6, opposed=True),
    Case(2, 7, ours=("enumerated", "every", "merged"), negmas=("merged",)),
    Case(2, 10, ours=("merged",), negmas=("merged",)),
    Case(2, 10, ours=("merged",), negmas=("merged",), opposed=True),
    Case(3, 10, ours=("merged",), negmas=()),
    Case(6, 6, ours=("enumerated", "merged"), negmas=()),
)  # fmt: skip


def frontier(quick: bool) -> Iterator[dict[str, Any]]:
    """Seconds and memory of each way; times faster than NegMAS, and the share of its memory."""
    beside = NEGMAS.exists()
    if not beside:
        print(ABSENT, file=sys.stderr)
    for case in SMALL if quick else (*SMALL, *LARGE):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "domain.json")
            source.write_text(json.dumps(case.domain()), encoding="utf-8")
            theirs = {way: answered("negmas", way, source) for way in case.negmas if beside}
            ours = {way: answered("zopa", way, source) for way in case.ours}
        for way, answer in theirs.items():
            yield told(f"frontier.{case.name}.negmas_{way}", answer)
        for way, answer in ours.items():
            yield told(f"frontier.{case.name}.{way}", answer)
            for other in AGAINST[way]:
                if other in theirs:
                    yield from compared(case, way, answer, other, theirs[other])


def answered(side: str, way: str, source: Path) -> dict[str, Any]:
    """What one side found in one way; `cut_off` where it did not end in time."""
    python = str(NEGMAS) if side == "negmas" else sys.executable
    target = source.with_name("answer.json")
    command = [python, str(HERE / f"{side}_side.py"), way, str(source), str(target)]
    try:
        spent = spend(command, LIMIT)
    except TimeoutError:
        return {"seconds": LIMIT, "cut_off": True}
    found: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return {**found, "process_seconds": spent.seconds}


def told(name: str, answer: dict[str, Any]) -> dict[str, Any]:
    """One way's line."""
    if "cut_off" in answer:
        return line(name, answer["seconds"], "s", cut_off=True)
    rounded = {key: float(f"{answer[key]:.4g}") for key in ("cpu_seconds", "process_seconds")}
    return line(name, answer["seconds"], "s", **rounded, times=answer["times"],
                peak_mib=round(answer["peak_mib"], 1),
                above_import_mib=round(answer["peak_mib"] - answer["before_mib"], 1),
                points=len(answer["utility"]),
                **{key: answer[key] for key in ("looked_at", "version") if key in answer})


def compared(case: Case, way: str, answer: dict[str, Any], other: str,
             theirs: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Times faster and share of memory, with whether both found the same frontier."""
    faster, share = AIMS.get(way, (None, None)) if case.issues == 6 and other == "enumerated" \
        else (None, None)
    name = f"frontier.{case.name}.{way}"
    if "cut_off" in theirs:
        yield line(f"{name}.times_faster", theirs["seconds"] / answer["seconds"], "ratio",
                   than=other, aim=faster, at_least=True)
        return
    yield line(f"{name}.times_faster", theirs["seconds"] / answer["seconds"], "ratio", than=other,
               aim=faster, in_cpu_seconds=float(
                   f"{theirs['cpu_seconds'] / answer['cpu_seconds']:.4g}"),
               largest_difference=difference(answer["utility"], theirs["utility"]))
    yield line(f"{name}.memory_share", answer["peak_mib"] / theirs["peak_mib"], "share", than=other,
               aim=share)


def difference(ours: list[list[float]], theirs: list[list[float]]) -> float | None:
    """Between two frontiers, point by point; None where they have not as many points."""
    a, b = (np.asarray(sorted(points)) for points in (ours, theirs))
    return float(np.abs(a - b).max(initial=0.0)) if a.shape == b.shape else None
