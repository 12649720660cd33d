"""Small random domains, their packages one by one, and their frontier by the definition."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from zopa.agreement.space import Floats, Forbidden, Integers
from zopa.spaces.domain import Domain, Rule

TABLES = arrays.arrays(
    np.float64, st.tuples(st.integers(1, 60), st.integers(1, 6)),
    elements=st.one_of(st.integers(-2, 2).map(float),
                       st.floats(-1e6, 1e6, allow_subnormal=False)))
"""Small tables of utilities, `(row, party)`, with ties."""
KINDS = {
    "whole": lambda rng, shape: rng.integers(-3, 4, shape).astype(float),
    "tenths": lambda rng, shape: rng.integers(0, 10, shape) / 10.0,
    "real": lambda rng, shape: rng.normal(size=shape),
}


@st.composite
def domains(draw: st.DrawFn, rules: int = 3, forbidden: int = 2, kinds: tuple[str, ...] = (),
            most_parties: int = 5) -> Domain:
    """Of one to five parties and one to five issues, with ties, rules and constraints."""
    parties = draw(st.integers(1, most_parties))
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=5)
                 .filter(lambda given: int(np.prod(given)) <= 400))
    kind = draw(st.sampled_from(kinds or tuple(KINDS)))
    return made(draw(st.integers(0, 2**32 - 1)), parties, tuple(sizes), kind,
                draw(st.integers(0, rules)), draw(st.integers(0, forbidden)))


def made(seed: int, parties: int, sizes: tuple[int, ...], kind: str, rules: int = 0,
         forbidden: int = 0) -> Domain:
    """One random domain."""
    rng = np.random.default_rng(seed)
    numbers = KINDS[kind]

    def box() -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
        count = int(rng.integers(1, len(sizes) + 1))
        issues = sorted(int(i) for i in rng.choice(len(sizes), count, replace=False))
        options = []
        for issue in issues:
            named = int(rng.integers(1, max(2, sizes[issue])))
            options.append(tuple(sorted(
                int(o) for o in rng.choice(sizes[issue], named, replace=False))))
        return tuple(issues), tuple(options)

    return Domain(
        tuple("ABCDE"[:parties]), tuple(f"issue {n}" for n in range(len(sizes))),
        tuple(tuple(f"option {n}" for n in range(size)) for size in sizes),
        tuple(numbers(rng, (parties, size)) for size in sizes),
        tuple(Rule(*box(), numbers(rng, parties)) for _ in range(rules)),
        tuple(Forbidden(*box()) for _ in range(forbidden)),
        base=numbers(rng, parties))


def every_package(domain: Domain) -> Integers:
    """`(package, issue)`, in order, without those that are forbidden."""
    packages = np.array(list(itertools.product(*map(range, domain.sizes))))
    return packages[domain.allowed(packages)]


def by_definition(utility: Floats) -> list[int]:
    """Rows of `(row, party)` that none dominates, the first of equals, sorted."""
    rows = [tuple(row) for row in utility.tolist()]
    kept = []
    for n, row in enumerate(rows):
        dominated = any(all(o >= r for o, r in zip(other, row, strict=True)) and other != row
                        for other in rows)
        if not dominated and row not in rows[:n]:
            kept.append(n)
    return sorted(kept, key=lambda n: rows[n])
