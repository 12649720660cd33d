"""The page of `zopa zone` in a real browser, without a network: its chart is drawn, quietly."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

from tests.report.test_browser import BROWSER, FLAGS
from tests.report.test_space_page import HOSTILE, view
from zopa.exchange.answer import answer
from zopa.exchange.imported import Imported
from zopa.report.space_charts import figures
from zopa.report.space_page import render, view_of
from zopa.report.space_view import SpaceView
from zopa.spaces.domain import Domain

pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium is installed, so the page is not opened in one")


def hostile(parties: int) -> SpaceView:
    """Names that a chart might take for an expression, markup or a path into its data."""
    names = (HOSTILE, "b.c[0]'\\", "datum['u0']\n${x}", "")[:parties]
    worth = tuple(np.arange(2.0 * parties).reshape(parties, 2)[:, ::step] for step in (1, -1))
    return view_of(answer(Imported(Domain(
        names, (HOSTILE, "a.b['c']"), ((HOSTILE, "o"), ("p\\", f"q{HOSTILE}")), worth,
        reservation=np.arange(float(parties)), title=HOSTILE), HOSTILE, (HOSTILE,))))


@pytest.mark.parametrize("which", ["three", "hostile two", "hostile three"])
def test_the_chart_is_drawn_and_nothing_is_complained_of(which: str, tmp_path: Path) -> None:
    shown = hostile(2 if which == "hostile two" else 3) if "hostile" in which else view(which)
    path = tmp_path / "zone.html"
    path.write_text(render(shown), encoding="utf-8", newline="\n")
    assert BROWSER is not None
    done = subprocess.run(
        [BROWSER, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", path.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
        env={**os.environ, "HOME": str(tmp_path)})
    assert 'data-charts="drawn"' in done.stdout
    assert [line for line in done.stderr.splitlines() if "CONSOLE" in line] == []
    for name in figures(shown):
        _, _, rest = done.stdout.partition(f'id="chart-{name}"')
        assert "<svg" in rest.partition("</figure>")[0], name
