"""Small domains with numbers that have exact sums, for comparisons with brute force."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st

from zopa.agreement.space import Forbidden
from zopa.spaces.domain import Domain, Rule

PANAMA_ISSUES = ("us_defence_rights", "use_rights", "land_and_water", "expansion_rights",
                 "duration", "expansion_routes", "compensation", "jurisdiction",
                 "us_military_rights", "defence_role_of_panama")
US = (22, 22, 15, 14, 11, 6, 4, 2, 2, 2)
PANAMA = (9, 15, 15, 3, 15, 5, 11, 7, 7, 13)


def panama() -> Domain:
    """The Panama Canal treaty: Raiffa's weights, each issue won by one side (Brams and Taylor)."""
    return Domain(("United States", "Panama"), PANAMA_ISSUES,
                  tuple(("United States", "Panama") for _ in US),
                  tuple(np.array([[float(a), 0.0], [0.0, float(b)]])
                        for a, b in zip(US, PANAMA, strict=True)), title="Panama Canal")


def every(domain: Domain) -> np.ndarray:
    """All allowed packages, the last issue's option changing fastest."""
    packages = np.array(list(itertools.product(*map(range, domain.sizes))), dtype=np.int64)
    return packages[domain.allowed(packages)]


@st.composite
def domains(draw: st.DrawFn, rules: bool = True) -> Domain:
    """2 to 4 parties, 2 to 4 issues, 2 to 3 options, whole numbers, some rules and constraints."""
    parties = draw(st.integers(2, 4))
    sizes = draw(st.lists(st.integers(2, 3), min_size=2, max_size=4))
    whole = st.integers(-6, 12)
    worth = tuple(np.array(draw(st.lists(st.lists(whole, min_size=size, max_size=size),
                                         min_size=parties, max_size=parties)), dtype=float)
                  for size in sizes)

    def box() -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
        issues = sorted(draw(st.sets(st.integers(0, len(sizes) - 1), min_size=2, max_size=3)))
        return tuple(issues), tuple(
            tuple(sorted(draw(st.sets(st.integers(0, sizes[i] - 1), min_size=1,
                                      max_size=sizes[i] - 1)))) for i in issues)

    bonuses = st.lists(whole, min_size=parties, max_size=parties)
    made = tuple(Rule(*box(), np.array(draw(bonuses), dtype=float))
                 for _ in range(draw(st.integers(0, 2)))) if rules else ()
    forbidden = tuple(Forbidden(*box()) for _ in range(draw(st.integers(0, 1))))
    return Domain(tuple("ABCD"[:parties]), tuple(f"issue {n}" for n in range(len(sizes))),
                  tuple(tuple(f"option {o}" for o in range(size)) for size in sizes), worth,
                  made, forbidden, np.array(draw(bonuses), dtype=float))
