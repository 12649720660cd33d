"""`make bench`: speed and memory, one JSON object a line.

Each line has a name, a figure, its unit and the machine.  A case that solves draws runs in a
process of its own, so that its peak memory is its own; that memory is a line too.  Nothing is
asserted: a timing says something about a machine at a moment.

    python bench/run.py                     every case
    python bench/run.py --only aim          one of them (may be given several times)
    python bench/run.py --quick             few draws, to see that it works; figures mean little
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from commands import commands, demo, first_answer, questions
from frontiers import frontier
from process import line, machine, spend

HERE = {"commands": commands, "first_answer": first_answer, "demo": demo, "questions": questions,
        "frontier": frontier}
"""Cases that start commands."""
APART = {"draws": ("solving", "draws_per_second"), "numpy": ("plain", "numpy_step"),
         "table": ("plain", "table_form"), "aim": ("solving", "aim"),
         "slider": ("slider", "slider")}
"""Cases that solve: module and function, called in a process of their own."""


def lines(name: str, quick: bool) -> Iterator[dict[str, Any]]:
    """The measurements of one case."""
    if name in HERE:
        yield from HERE[name](quick)
        return
    spent = spend([sys.executable, __file__, "--inside", name, *(["--quick"] if quick else [])])
    found = [json.loads(row) for row in spent.output.splitlines()]
    yield from found
    yield line(f"{name}.peak_memory", spent.peak_mib, "MiB", draws=found[-1]["draws"])


def main() -> None:
    """Run the cases that were asked for, in the order in which they are listed."""
    parser = argparse.ArgumentParser(description="Speed and memory, as JSON lines.")
    parser.add_argument("--only", action="append", choices=[*HERE, *APART], help="one case")
    parser.add_argument("--quick", action="store_true", help="few draws; the lines say so")
    parser.add_argument("--inside", choices=list(APART), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        module, function = APART[asked.inside]
        for measured in getattr(import_module(module), function)(asked.quick):
            print(json.dumps(measured), flush=True)
        return
    here = machine()
    for name in asked.only or [*HERE, *APART]:
        for measured in lines(name, asked.quick):
            print(json.dumps({**measured, "quick": asked.quick, "machine": here}), flush=True)


if __name__ == "__main__":
    main()
