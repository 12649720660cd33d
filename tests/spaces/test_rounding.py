"""What is efficient does not hang on the last digit of a sum."""

from fractions import Fraction
from itertools import product
from random import Random

import numpy as np

from zopa.agreement.space import Forbidden
from zopa.spaces.domain import Domain
from zopa.spaces.frontier import frontier

Table = list[list[list[Fraction]]]


def table(chance: Random, below: int) -> Table:
    """Worth of each issue, party and option: whole numbers divided by one number."""
    parties = chance.choice([2, 3])
    return [[[Fraction(chance.randint(0, 20), below) for _ in range(size)] for _ in range(parties)]
            for size in (chance.randint(2, 4) for _ in range(3))]


def domain(worth: Table) -> Domain:
    parties, issues = range(len(worth[0])), range(len(worth))
    return Domain(
        tuple(f"p{i}" for i in parties), tuple(f"i{j}" for j in issues),
        tuple(tuple(f"o{o}" for o in range(len(part[0]))) for part in worth),
        tuple(np.array(part, dtype=float) for part in worth))


def exact(worth: Table) -> list[tuple[Fraction, ...]]:
    """The utilities that none dominates, in fractions."""
    sums = {tuple(sum((worth[j][i][o] for j, o in enumerate(package)), Fraction(0))
                  for i in range(len(worth[0])))
            for package in product(*(range(len(part[0])) for part in worth))}
    return sorted(u for u in sums if not any(
        v != u and all(a >= b for a, b in zip(v, u, strict=True)) for v in sums))


def test_the_frontier_is_that_of_exact_sums():
    chance = Random(1)
    for below in (3, 7, 10) * 40:
        worth = table(chance, below)
        found = sorted(frontier(domain(worth)).utility.round(9).tolist())
        np.testing.assert_allclose(found, np.array(exact(worth), dtype=float), atol=1e-9)


def test_a_hair_more_is_no_reason_to_stay():
    # in binary numbers 0.1 + 0.2 is a hair above 0.3, which the other package has
    worth = (np.array([[0.1, 0.3], [0.0, 0.5]]), np.array([[0.0, 0.2], [0.0, 0.1]]))
    found = frontier(Domain(("A", "B"), ("x", "y"), (("a", "b"), ("a", "b")), worth,
                            forbidden=(Forbidden((0, 1), ((1,), (1,))),)))
    assert 0.1 + 0.2 > 0.3
    assert found.packages.tolist() == [[1, 0]]


def test_of_equals_but_for_rounding_the_first_package_stays():
    """(0.1 + 0.2) and 0.3 for both: neither is dominated, and they count once."""
    worth = (np.array([[0.3, 0.1], [0.1, 0.3]]), np.array([[0.0, 0.2], [0.2, 0.0]]))
    found = frontier(Domain(("A", "B"), ("x", "y"), (("a", "b"), ("a", "b")), worth))
    assert found.packages.tolist() == [[1, 0], [0, 0], [0, 1]]
    np.testing.assert_allclose(found.utility, [[0.1, 0.5], [0.3, 0.3], [0.5, 0.1]])
    assert found.exact and found.upper is found.utility
