"""Our part of a comparison with NegMAS: the same domain, the same clock (`negmas_side`).

    python bench/zopa_side.py WAY DOMAIN.json ANSWER.json

The ways:

- `enumerated`: the frontier without use of additivity across issues; packages that cannot be on it
  are cut before they are looked at;
- `every`: every package's utilities, block after block, with nothing cut;
- `merged`: the frontiers of the issues put together;
- `ready`: the frontier alone, of utilities added up beforehand, which is not counted.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from zopa.spaces.domain import Domain
from zopa.spaces.frontier import BUDGET, enumerated
from zopa.spaces.merge import merged
from zopa.spaces.pareto import nondominated
from zopa.spaces.running import Running
from zopa.spaces.stream import numbered, parts

Found = tuple[Any, Any, int]
"""Utilities, packages, and how many packages or sums were looked at."""


def domain(given: dict[str, Any]) -> Domain:
    """The domain of a file; parties, issues and options are numbered."""
    worth = tuple(np.asarray(rows, dtype=float) for rows in given["worth"])
    parties = tuple(f"party {n}" for n in range(len(worth[0])))
    options = tuple(tuple(f"option {n}" for n in range(rows.shape[1])) for rows in worth)
    floors = np.asarray(given["reservation"] or [], dtype=float)
    return Domain(parties, tuple(f"issue {n}" for n in range(len(worth))), options, worth,
                  reservation=floors)


def by_enumeration(one: Domain) -> Callable[[], Found]:
    """As the library enumerates."""
    def work() -> Found:
        found = enumerated(one)
        return found.utility, found.packages, found.looked_at

    return work


def every_package(one: Domain) -> Callable[[], Found]:
    """A running frontier past which every package goes."""
    def work() -> Found:
        running, looked = Running(len(one.parties)), 0
        for part in parts(one):
            looked += part.count
            running.add(part.start, part.index, part.utility)
        index, utility = running.frontier()
        return utility.T, numbered(one, index), looked

    return work


def by_merging(one: Domain) -> Callable[[], Found]:
    """As the library merges."""
    def work() -> Found:
        found = merged(one, BUDGET)
        assert found is not None, "more sums than the budget allows"
        return found.utility, found.packages, found.looked_at

    return work


def from_ready(one: Domain) -> Callable[[], Found]:
    """The frontier of a table of utilities."""
    points = np.zeros((1, len(one.parties)))
    for worth in one.worth:
        points = (points[:, None, :] + worth.T[None]).reshape(-1, points.shape[1])

    def work() -> Found:
        index = nondominated(points)
        return points[index], numbered(one, index), len(points)

    return work


WAYS = {"enumerated": by_enumeration, "every": every_package, "merged": by_merging,
        "ready": from_ready}


def mib() -> float:
    """The largest resident memory so far, in MiB; without that of the program that started it."""
    try:
        text = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        unit = 2**20 if sys.platform == "darwin" else 2**10
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return int(text.partition("VmHWM:")[2].split()[0]) / 2**10


def measured(work: Callable[[], Found]) -> dict[str, Any]:
    """The least seconds of three to fifty times, of one where that takes long; memory after all."""
    before, spent = mib(), 0.0
    seconds: list[tuple[float, float]] = []
    while len(seconds) < 3 and spent < 15.0 or len(seconds) < 50 and spent < 1.0:
        started, busy = time.perf_counter(), time.process_time()
        utility, packages, looked = work()
        seconds.append((time.perf_counter() - started, time.process_time() - busy))
        spent += seconds[-1][0]
    return {"seconds": min(s for s, _ in seconds), "cpu_seconds": min(s for _, s in seconds),
            "times": len(seconds), "before_mib": before, "peak_mib": mib(), "looked_at": looked,
            "utility": np.asarray(utility).tolist(), "packages": np.asarray(packages).tolist()}


def main() -> None:
    """One way on one domain."""
    way, source, target = sys.argv[1:]
    given = json.loads(Path(source).read_text(encoding="utf-8"))
    answer = measured(WAYS[way](domain(given)))
    Path(target).write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main()
