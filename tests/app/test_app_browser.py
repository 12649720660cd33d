"""The page in a real browser, with the real solver: a slider moves, the answers follow.

They are those of `zopa run --patch`; nothing is complained of, and no other machine is asked.

Pictures of the page are kept in `build/what-if`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.architecture.tree import ROOT
from tests.cli.calling import call
from tests.questions.tiny import claim, tiny
from zopa.report.charts import figures
from zopa.report.stored import read_run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER = next((found for name in NAMES if (found := shutil.which(name))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking",
         "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
PROGRAM = "import sys; sys.argv[0] = 'zopa'; from zopa.cli.main import run; run()"
DRAWS, HEAVY = 16, 2
SOLVED = 120_000
"""Milliseconds in which everything must be there, the first compilation included."""
RATE = "war.talks.rate"
PICTURES = ROOT / "build" / "what-if"

pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium is installed, so the page is not opened in one")


@dataclass
class Served:
    """A server on a scenario, and where it is."""

    path: Path
    url: str


@dataclass
class Watched:
    """A page, and what it complained of and asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = tmp_path_factory.mktemp("what-if") / "tiny.yaml"
    whole = tiny({RATE: {"range": [0.05, 0.3], "unit": "probability per month"},
                  "war.position.moves.static": {1: 0.0},
                  "war.hazards.north.base": {"range": [0.001, 0.008]},
                  "claims.calm": claim("only_settlement")})
    path.write_text(whole.model_dump_json(exclude_none=True, indent=1), encoding="utf-8")
    server = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "serve", str(path), "--no-open", "--port", "0",
         "--draws", str(DRAWS), "--heavy", str(HEAVY)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"})
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line + server.stdout.read()
        yield Served(path, found[0])
    finally:
        server.terminate()
        server.communicate(timeout=60)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield opened
        opened.close()


def watched(context: BrowserContext, url: str) -> Watched:
    """A page at an address, with what it complains of and asks for noted from the start."""
    made = Watched(context.new_page())

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            made.complaints.append(message.text)

    made.page.set_default_timeout(SOLVED)
    made.page.on("console", note)
    made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
    made.page.on("request", lambda request: made.addresses.add(request.url))
    made.page.on("websocket", lambda socket: made.addresses.add(socket.url))
    made.page.goto(url)
    return made


def refined(page: Page) -> None:
    """Wait until every chart answers the present setting from all draws."""
    page.wait_for_function(
        "document.querySelectorAll('.z-panel.refined[data-drawn=true]').length === 7")


def plain(text: str) -> str:
    """A text with every run of white space as one space."""
    return " ".join(text.split())


def sentences(page: Page) -> dict[str, str]:
    """Panel -> its sentence."""
    found = page.locator(".z-panel").all()
    return {str(panel.get_attribute("data-panel")): panel.locator("figcaption").inner_text()
            for panel in found}


def test_a_slider_moves_and_the_answers_are_those_of_a_run(
        served: Served, browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        seen = watched(context, served.url)
        page = seen.page
        slider = page.locator(f'input[type=range][data-key="{RATE}"]')
        slider.wait_for()
        refined(page)
        before = sentences(page)
        slider.focus()
        for _ in range(12):
            page.keyboard.press("ArrowRight")
        assert "held at" in str(slider.get_attribute("aria-valuetext"))
        page.wait_for_function(
            "old => document.querySelector('[data-panel=deal-by-month] figcaption').innerText "
            "!== old", arg=before["deal-by-month"])
        page.wait_for_timeout(500)  # an answer counts as late after 350 ms, and is marked then
        refined(page)
        after = sentences(page)
        assert after["deal-by-month"] != before["deal-by-month"]
        page.locator("summary", has_text="Link, patch and command").click()
        patch = page.locator("#z-patch").input_value()
        link, command = (page.locator(f"#z-{name}").input_value() for name in ("link", "command"))
        assert f"{RATE}: {slider.input_value()}" in patch

        page.reload()
        refined(page)
        assert sentences(page) == after
        again = watched(context, link)
        refined(again.page)
        assert sentences(again.page) == after
        assert seen.complaints == again.complaints == []
        assert all(re.match(rf"(http|ws)://127\.0\.0\.1:{served.url.split(':')[2]}|data:|blob:",
                            address) for address in seen.addresses | again.addresses)

    file = tmp_path / "patch.yaml"
    file.write_text(patch, encoding="utf-8")
    arguments = command.replace("patch.yaml", str(file)).split()[1:]
    called = call(capsys, monkeypatch, *arguments, "--out", str(tmp_path / "out"), "--quiet")
    assert called.code == 0, called.err
    told = figures(read_run(tmp_path / "out"))
    for name, sentence in after.items():
        assert plain(sentence).startswith(plain(told[name].caption)), name


@pytest.mark.parametrize("width", [360, 1920])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_page_fits_and_pictures_are_kept(
        served: Served, browser: Browser, width: int, look: str) -> None:
    with browser.new_context(viewport={"width": width, "height": 1080}, color_scheme=look,
                             reduced_motion="reduce") as context:
        seen = watched(context, served.url)
        page = seen.page
        page.wait_for_selector(".z-panel[data-drawn=true]")
        refined(page)
        if width < 1000:
            page.get_by_role("button", name="Controls").click()
        assert page.locator(f'input[type=range][data-key="{RATE}"]').is_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{width}-{look}.png")
        assert seen.complaints == []


def test_the_keyboard_alone_reaches_every_control_in_order(
        served: Served, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = watched(context, served.url).page
        page.locator(f'input[type=range][data-key="{RATE}"]').wait_for()
        names, shown = [], []
        for _ in range(40):
            page.keyboard.press("Tab")
            names.append(page.evaluate(
                "(e => e.getAttribute('aria-label') || e.labels?.[0]?.innerText || e.innerText)"
                "(document.activeElement)"))
            shown.append(page.evaluate(
                "getComputedStyle(document.activeElement.matches('[role=switch]') ? "
                "document.activeElement.nextElementSibling : document.activeElement).outlineStyle"))
            if names[-1].startswith("Probability of talks"):
                break
        assert names[-1].startswith("Probability of talks"), names
        assert names[0] == "Skip to the answers" and names[1].startswith("Theme")
        assert all(names) and "none" not in shown


def test_errors_show_and_the_page_comes_back(served: Served, browser: Browser) -> None:
    good = served.path.read_text(encoding="utf-8")
    with browser.new_context() as context:
        page = watched(context, served.url).page
        page.locator(f'input[type=range][data-key="{RATE}"]').wait_for()
        try:
            served.path.write_text(good.replace('"discount": 0.97', '"discount": 1.4', 1),
                                   encoding="utf-8")
            page.get_by_text("parties.north.discount must be").wait_for()
        finally:
            served.path.write_text(good, encoding="utf-8")
        page.locator(f'input[type=range][data-key="{RATE}"]').wait_for()
