"""The page in a real browser, without a network: every chart is drawn, nothing is complained of."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.report import sample_answers
from tests.report.test_page import hostile_view
from zopa.report.charts import figures
from zopa.report.page import render
from zopa.report.view import View

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER = next((found for name in NAMES if (found := shutil.which(name))), None)
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--disable-extensions", "--host-resolver-rules=MAP * ~NOTFOUND",
         "--enable-logging=stderr", "--virtual-time-budget=20000", "--dump-dom")

pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium is installed, so the page is not opened in one")


@pytest.mark.parametrize("which", ["war", "agreement space", "hostile"])
def test_every_chart_is_drawn_and_nothing_is_complained_of(which: str, tmp_path: Path) -> None:
    views: dict[str, View] = {"war": sample_answers.view(),
                              "agreement space": sample_answers.view(False),
                              "hostile": hostile_view()}
    view = views[which]
    path = tmp_path / "report.html"
    path.write_text(render(view), encoding="utf-8", newline="\n")
    assert BROWSER is not None
    done = subprocess.run(
        [BROWSER, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", path.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
        env={**os.environ, "HOME": str(tmp_path)})
    assert 'data-charts="drawn"' in done.stdout
    assert [line for line in done.stderr.splitlines() if "CONSOLE" in line] == []
    for name in figures(view):
        _, _, rest = done.stdout.partition(f'id="chart-{name}"')
        assert "<svg" in rest.partition("</figure>")[0], name


PAGE = re.compile(rb"/Type\s*/Page\b")


def test_the_first_page_is_one_page_of_paper(tmp_path: Path) -> None:
    whole = render(sample_answers.view())
    path, paper = tmp_path / "report.html", tmp_path / "report.pdf"
    # all but the first page is hidden, so that the pages of the file are those it takes
    path.write_text(whole.replace("</style>", "main > section:not(#first-page), footer "
                                  "{ display: none; }</style>", 1), encoding="utf-8")
    assert BROWSER is not None
    subprocess.run(
        [BROWSER, *FLAGS[:-1], "--no-pdf-header-footer", f"--print-to-pdf={paper}",
         f"--user-data-dir={tmp_path / 'profile'}", path.as_uri()],
        capture_output=True, timeout=120, check=True, env={**os.environ, "HOME": str(tmp_path)})
    assert len(PAGE.findall(paper.read_bytes())) == 1
