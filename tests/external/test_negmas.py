"""Frontiers and fair points of random domains, against NegMAS as an external oracle.

NegMAS (AGPL) runs with its own Python in `.venv-negmas`, which `make negmas` installs; where that
is absent these tests are skipped.  Nothing of it is imported here.

What is compared, and where conventions differ:

- Frontiers: all utilities that no package dominates.  NegMAS keeps packages that meet every
  reservation value; ours keeps all, and the same are taken from it here.  Of packages with equal
  utilities both keep one.
- Disagreement: NegMAS starts fair points from the reservation value, and from a party's lowest
  utility where it has none; that is our disagreement point here.
- Nash, and egalitarian (NegMAS's "Kalai"): the same principle.  NegMAS returns all points within
  1e-12 of the best; ours breaks ties, so it must be one of them.
- Kalai-Smorodinsky on packages: NegMAS takes the points of the frontier on which gains, each
  divided by the party's largest gain over all packages, differ least from one another.  Ours takes
  the largest minimum of gains, each divided by the party's largest gain over packages that leave
  everybody at least disagreement.  Where a package gives equal shares of the same largest gains
  both take it; else NegMAS's can leave the worst-off party a smaller share than ours, so long as
  shares are more even.  Neither is wrong by its own definition: each is recomputed here from the
  other's frontier, and some domains tell them apart.
- A party that cannot gain: NegMAS returns the whole frontier for every principle; no such domain is
  drawn.

In these domains, and in 600 more of the same kind, neither was wrong about a frontier, a Nash or an
egalitarian point.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from zopa.spaces.domain import Domain
from zopa.spaces.efficient import Efficient
from zopa.spaces.frontier import frontier
from zopa.spaces.points import FairPoint, points

ROOT = Path(__file__).parents[2]
NEGMAS = ROOT / ".venv-negmas" / ("Scripts" if os.name == "nt" else "bin") / "python"
SEEDS = range(40)

pytestmark = pytest.mark.skipif(
    not NEGMAS.exists(), reason="NegMAS is not installed beside: `make negmas` does it")


@dataclass(frozen=True, eq=False)
class Case:
    """One domain, what we found in it and what NegMAS did."""

    domain: Domain
    efficient: Efficient
    found: tuple[FairPoint, ...]
    theirs: dict[str, Any]

    def rational(self) -> np.ndarray:
        """Our frontier's utilities that meet every reservation value."""
        table = self.efficient.utility
        return table[(table >= self.domain.reservation).all(axis=1)]

    def point(self, name: str) -> FairPoint:
        """Our point of this name on packages."""
        return next(p for p in self.found if p.name == name and p.on == "packages")


def drawn(seed: int) -> Domain:
    """Two or three parties, two to four issues; every other domain has whole numbers, with ties."""
    rng = np.random.default_rng(seed)
    parties, issues = int(rng.integers(2, 4)), int(rng.integers(2, 5))
    worth = []
    for _ in range(issues):
        shape = (parties, int(rng.integers(2, 6)))
        worth.append(rng.integers(0, 6, shape).astype(float) if seed % 2 else rng.random(shape))
    for row in worth[0]:
        row[int(rng.integers(len(row)))] += 6.0
    least = sum(rows.min(axis=1) for rows in worth)
    most = sum(rows.max(axis=1) for rows in worth)
    bare = seed % 5 == 0
    floor = least if bare else least + rng.uniform(0.0, 0.35, parties) * (most - least)
    return Domain(
        tuple(f"party {n}" for n in range(parties)), tuple(f"issue {n}" for n in range(issues)),
        tuple(tuple(f"option {n}" for n in range(rows.shape[1])) for rows in worth), tuple(worth),
        disagreement=floor,
        reservation=np.full(parties, -np.inf) if bare else floor)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    domains = [drawn(seed) for seed in SEEDS]
    folder = tmp_path_factory.mktemp("negmas")
    source, target = folder / "domains.json", folder / "answers.json"
    source.write_text(json.dumps([
        {"worth": [rows.tolist() for rows in domain.worth],
         "reservation": None if np.isneginf(domain.reservation).all()
         else domain.reservation.tolist()}
        for domain in domains]), encoding="utf-8")
    done = subprocess.run([NEGMAS, ROOT / "bench" / "negmas_side.py", "points", source, target],
                          capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    answers = json.loads(target.read_text(encoding="utf-8"))
    found = [frontier(domain) for domain in domains]
    return [Case(domain, efficient, points(domain, efficient), theirs)
            for domain, efficient, theirs in zip(domains, found, answers, strict=True)]


def one_of(utility: np.ndarray, candidates: list[list[float]]) -> bool:
    """Whether a point is among those, to rounding."""
    return any(np.allclose(utility, other, rtol=0.0, atol=1e-9) for other in candidates)


def test_there_is_something_to_compare(cases: list[Case]) -> None:
    with_points = [case for case in cases if case.theirs["frontier"]]
    assert len(with_points) >= 30
    assert {len(case.domain.parties) for case in with_points} == {2, 3}
    assert sum(len(case.theirs["frontier"]) >= 5 for case in with_points) >= 15


def test_frontiers_are_the_same(cases: list[Case]) -> None:
    for case in cases:
        ours, theirs = sorted(case.rational().tolist()), sorted(case.theirs["frontier"])
        assert len(ours) == len(theirs)
        if ours:
            np.testing.assert_allclose(ours, theirs, rtol=0.0, atol=1e-12)


@pytest.mark.parametrize(("name", "key"), [("Nash", "nash"), ("egalitarian", "kalai")])
def test_points_are_the_same(cases: list[Case], name: str, key: str) -> None:
    for case in cases:
        ours = case.point(name)
        assert ours.exists == bool(case.theirs[key])
        if ours.exists:
            assert one_of(ours.utility, case.theirs[key]), (name, ours.utility, case.theirs[key])


def test_kalai_smorodinsky_by_each_convention(cases: list[Case]) -> None:
    apart = 0
    for case in cases:
        ours = case.point("Kalai-Smorodinsky")
        assert ours.exists == bool(case.theirs["ks"])
        if not ours.exists:
            continue
        table, d = case.rational(), case.domain.disagreement
        most = sum(rows.max(axis=1) for rows in case.domain.worth)
        shares = (table - d) / (most - d)
        spread = shares.max(axis=1) - shares.min(axis=1)
        for chosen in table[spread <= spread.min() + 1e-12]:
            assert one_of(chosen, case.theirs["ks"])
        gains = np.asarray(case.theirs["frontier"]) - d
        least = (gains / gains.max(axis=0)).min(axis=1)
        best = np.asarray(case.theirs["frontier"])[least >= least.max() - 1e-9]
        assert one_of(ours.utility, best.tolist())
        apart += not one_of(ours.utility, case.theirs["ks"])
    assert apart > 0, "the conventions differ, and some domain shows it"
