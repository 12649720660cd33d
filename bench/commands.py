"""What somebody waits for who types a command: each one in a cold process."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from process import Spent, line, spend

SCENARIO = "ukraine-2025"
REPEATS = 3


def zopa(*arguments: str) -> Spent:
    """The command `zopa` of this interpreter's environment."""
    return spend([str(Path(sys.executable).parent / "zopa"), *arguments])


def commands(quick: bool) -> Iterator[dict[str, Any]]:
    """Seconds of the light commands (the best of some) and to the first answer."""
    repeats = 1 if quick else REPEATS
    for name, arguments in {"help": ["--help"], "check": ["check", SCENARIO]}.items():
        best = min((zopa(*arguments) for _ in range(repeats)), key=lambda spent: spent.seconds)
        yield line(f"command.{name}", best.seconds, "s", command=" ".join(["zopa", *arguments]),
                   best_of=repeats, peak_mib=round(best.peak_mib))


def first_answer(quick: bool) -> Iterator[dict[str, Any]]:
    """Seconds from a cold process to the first answer about the demo's scenario."""
    arguments = ["ask", SCENARIO, "zone", "--draws", "16" if quick else "64", "--json"]
    spent = zopa(*arguments)
    yield line("first_answer", spent.seconds, "s", command=" ".join(["zopa", *arguments]),
               peak_mib=round(spent.peak_mib))


def demo(quick: bool) -> Iterator[dict[str, Any]]:
    """Seconds and memory of what `make demo` runs after the installation."""
    yield from _whole("demo", quick, draws="256", heavy="64")


def questions(quick: bool) -> Iterator[dict[str, Any]]:
    """Seconds and memory of all eight questions, with the draws that they have by default."""
    yield from _whole("questions", quick, draws="1024", heavy="256")


def _whole(name: str, quick: bool, draws: str, heavy: str) -> Iterator[dict[str, Any]]:
    draws, heavy = ("16", "8") if quick else (draws, heavy)
    with tempfile.TemporaryDirectory() as directory:
        spent = zopa("run", SCENARIO, "--draws", draws, "--heavy", heavy, "--quiet",
                     "--out", str(Path(directory) / name))
    yield line(name, spent.seconds, "s", draws=int(draws), heavy=int(heavy))
    yield line(f"{name}.peak_memory", spent.peak_mib, "MiB", draws=int(draws), heavy=int(heavy))
