"""Charts of a domain: what they say, what they draw, and that Vega can draw them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.report.test_space_page import NAMES, view
from zopa.exchange.answer import answer
from zopa.exchange.imported import Imported
from zopa.report import space_rows
from zopa.report.chart_style import SIDE_COLOURS
from zopa.report.charts import to_svg
from zopa.report.space_charts import figures, plane
from zopa.report.space_page import view_of
from zopa.spaces.domain import Domain


@pytest.mark.parametrize("name", NAMES)
def test_a_title_is_a_sentence_with_numbers(name: str) -> None:
    (figure,) = figures(view(name)).values()
    assert any(c.isdigit() for c in figure.title) and figure.title[0].isupper() | (
        figure.title[0].isdigit())
    assert figure.caption.endswith(".") and "  " not in figure.caption


@pytest.mark.parametrize("name", ["panama", "three"])
def test_vega_draws_it(name: str) -> None:
    (figure,) = figures(view(name)).values()
    svg = to_svg(figure)
    assert svg.startswith("<svg") and svg.count("<path") > 50
    assert "NaN" not in svg
    for party in view(name).parties:
        assert party in svg


def test_every_package_of_a_small_domain_is_a_dot_in_its_place() -> None:
    shown = view("panama")
    dots = [r for r in plane(shown).rows if r["kind"].startswith("package")]
    assert len(dots) == 1024
    inside = [r for r in dots if r["kind"] == space_rows.INSIDE]
    assert len(inside) == shown.data["zone"]["packages"]
    assert all(r["u0"] >= 30 and r["u1"] >= 20 for r in inside)
    assert {r["i0"] for r in dots} == {"United States", "Panama"}


def test_fair_points_that_are_the_same_are_one_mark() -> None:
    rows = space_rows.points(view("panama"))
    assert [r["kind"] for r in rows].count("none") == 1
    places = [(r["u0"], r["u1"]) for r in rows]
    assert len(places) == len(set(places))
    real = next(r for r in rows if r["kind"] == "point")
    assert (real["u0"], real["u1"]) == (64, 68) and "Nash" in real["which"]
    assert any((r["u0"], r["u1"]) == pytest.approx((66, 66)) for r in rows
               if r["kind"] == "mixture")


def test_the_way_of_the_single_text_never_goes_down() -> None:
    rows = space_rows.way(view("panama"))
    assert len(rows) == 5
    assert all(after[u] >= before[u] for before, after in zip(rows, rows[1:], strict=False)
               for u in ("u0", "u1"))


def colours(part: Any) -> set[str]:
    """All colours of a chart."""
    if isinstance(part, dict):
        return set().union(*map(colours, part.values()), set())
    if isinstance(part, list):
        return set().union(*map(colours, part), set())
    return {part.lower()} if isinstance(part, str) and part.startswith("#") else set()


@pytest.mark.parametrize("name", NAMES)
def test_no_red_and_green(name: str) -> None:
    """No colour says good or bad, and no point has the colour of a party."""
    (figure,) = figures(view(name)).values()
    used = colours(figure.spec)
    assert used and not used & set(SIDE_COLOURS)
    for colour in used:
        red, green, blue = (int(colour[n:n + 2], 16) for n in (1, 3, 5))
        assert not (red > 180 and green < 60 and blue < 60), colour
        assert not (green > 160 and red < 90 and blue < 90), colour


def test_many_issues_and_a_large_space_stay_small() -> None:
    rng = np.random.default_rng(1)
    domain = Domain(("A", "B"), tuple(f"i{n}" for n in range(20)),
                    tuple(tuple(f"o{k}" for k in range(6)) for _ in range(20)),
                    tuple(rng.integers(0, 40, (2, 6)).astype(float) for _ in range(20)),
                    reservation=np.array([400.0, 400.0]))
    shown = view_of(answer(Imported(domain, "table")))
    figure = plane(shown)
    assert len(figure.rows) < 2000 + space_rows.FRONTIER + 100
    assert "random sample of 2,000 of the 3,656,158,440,062,976 packages" in figure.caption
    assert "package" in figure.rows[0] and "i0" not in figure.rows[0]


def test_evenly_keeps_the_ends() -> None:
    assert space_rows.evenly(range(10), 20) == list(range(10))
    assert space_rows.evenly(range(1000), 5) == [0, 250, 500, 749, 999]
