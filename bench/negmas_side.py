"""NegMAS's part of a comparison: runs with the Python of `.venv-negmas`, imports nothing of ours.

    .venv-negmas/bin/python bench/negmas_side.py WAY DOMAIN.json ANSWER.json

The domain is `{"worth": [issue][party][option], "reservation": [party] or null}`; the answer has
what was found, the seconds of the work alone (imports and reading are not counted) and the memory
before it.  The ways:

- `enumerated`: `pareto_frontier` on ufuns and issues, which its documentation recommends where
  one starts from ufuns;
- `lean`: the fastest that we found to write with its parts: `eval` of each ufun mapped over the
  outcome space straight into an array, then `pareto_frontier_numpy`;
- `merged`: `MOBANOSParetoSampler`, its exact frontier issue by issue, for two parties;
- `ready`: `pareto_frontier_numpy`, its recommended extractor, on utilities added up beforehand by
  broadcasting, which is not counted;
- `points`: the frontier of each of several domains, and its Nash, Kalai-Smorodinsky and egalitarian
  points on it.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from negmas.outcomes import make_issue, make_os
from negmas.preferences import LinearAdditiveUtilityFunction
from negmas.preferences.ops import (
    kalai_points,
    ks_points,
    nash_points,
    pareto_frontier,
    pareto_frontier_numpy,
)
from negmas.preferences.pareto_sampler import MOBANOSParetoSampler

Given = dict[str, Any]
Found = tuple[list[list[float]], list[list[int]]]


def ufuns(given: Given) -> list[LinearAdditiveUtilityFunction]:
    """A utility function for each party; options are their indices, weights are one."""
    worth = given["worth"]
    space = make_os([make_issue(list(range(len(rows[0]))), f"issue {n}")
                     for n, rows in enumerate(worth)])
    floors = given["reservation"] or [float("-inf")] * len(worth[0])
    return [
        LinearAdditiveUtilityFunction([dict(enumerate(rows[party])) for rows in worth],
                                      outcome_space=space, reserved_value=floor)
        for party, floor in enumerate(floors)
    ]


def enumerated(given: Given) -> Callable[[], Found]:
    """Every outcome, evaluated by every ufun."""
    functions = ufuns(given)
    sizes = [len(rows[0]) for rows in given["worth"]]

    def work() -> Found:
        points, places = pareto_frontier(functions, issues=functions[0].outcome_space.issues)
        packages = np.stack(np.unravel_index(np.asarray(places, dtype=int), sizes), axis=1)
        return [list(map(float, point)) for point in points], packages.tolist()

    return work


def lean(given: Given) -> Callable[[], Found]:
    """Every outcome again, without lists of outcomes and of rows."""
    functions = ufuns(given)
    space = functions[0].outcome_space
    sizes = [len(rows[0]) for rows in given["worth"]]

    def work() -> Found:
        points = np.stack([np.fromiter(map(function.eval, space.enumerate_or_sample()), float)
                           for function in functions], axis=1)
        places = pareto_frontier_numpy(points)
        packages = np.stack(np.unravel_index(places, sizes), axis=1)
        return points[places].tolist(), packages.tolist()

    return work


def merged(given: Given) -> Callable[[], Found]:
    """The frontiers of the issues put together one after the other."""
    own, other = ufuns(given)

    def work() -> Found:
        sampler = MOBANOSParetoSampler()
        sampler.init(own, other)
        outcomes = sampler.pareto_outcomes(min_util=float("-inf"))
        return [[float(own(o)), float(other(o))] for o in outcomes], [list(o) for o in outcomes]

    return work


def ready(given: Given) -> Callable[[], Found]:
    """The frontier alone, of utilities that are there."""
    sizes = [len(rows[0]) for rows in given["worth"]]
    points = np.zeros((1, len(given["worth"][0])))
    for rows in given["worth"]:
        points = (points[:, None, :] + np.asarray(rows).T[None]).reshape(-1, points.shape[1])

    def work() -> Found:
        places = pareto_frontier_numpy(points)
        packages = np.stack(np.unravel_index(places, sizes), axis=1)
        return points[places].tolist(), packages.tolist()

    return work


WAYS = {"enumerated": enumerated, "lean": lean, "merged": merged, "ready": ready}


def points(given: Given) -> dict[str, Any]:
    """Frontier and fair points; an error that NegMAS raises is an answer too."""
    functions = ufuns(given)
    issues = functions[0].outcome_space.issues
    frontier, _ = pareto_frontier(functions, issues=issues)
    found: dict[str, Any] = {"frontier": [list(map(float, point)) for point in frontier]}
    for name, function in {"nash": nash_points, "ks": ks_points, "kalai": kalai_points}.items():
        answer = function(functions, frontier, issues=issues) if frontier else ()
        found[name] = [list(map(float, point)) for point, _ in answer]
    return found


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
    before, seconds, spent = mib(), [], 0.0
    while len(seconds) < 3 and spent < 15.0 or len(seconds) < 50 and spent < 1.0:
        started, busy = time.perf_counter(), time.process_time()
        found = work()
        seconds.append((time.perf_counter() - started, time.process_time() - busy))
        spent += seconds[-1][0]
    utility, packages = found
    return {"version": version("negmas"), "times": len(seconds),
            "seconds": min(s for s, _ in seconds), "cpu_seconds": min(s for _, s in seconds),
            "before_mib": before, "peak_mib": mib(), "utility": utility, "packages": packages}


def main() -> None:
    """One way on one domain, or the points of several domains."""
    way, source, target = sys.argv[1:]
    given = json.loads(Path(source).read_text(encoding="utf-8"))
    answer = [points(one) for one in given] if way == "points" else measured(WAYS[way](given))
    Path(target).write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main()
