"""The page as NiceGUI's own simulated user sees it: controls, answers, errors, several tabs.

The simulation runs inside one event loop that each test makes; the plugin's fixtures, which would
need a plugin for asynchronous tests and an option of its own, are left out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import httpx
from nicegui import core, ui
from nicegui.testing.user import User
from nicegui.testing.user_simulation import user_simulation

from tests.app.fake_engine import FakeEngine
from tests.report import sample_answers
from zopa.app.elements import ControlsPart, PanelPart, SharePart
from zopa.app.page import Shared, build
from zopa.app.workspace import Faulty, Workspace
from zopa.scenario.setting import Setting

T = TypeVar("T", bound=ui.element)
RATE = "war.talks.rate"
SLOW = Setting().with_input(RATE, 0.3)


class Stage:
    """A workspace on a file, with the engine that it made last."""

    def __init__(self, path: Path, text: str | None = None) -> None:
        self.path = path
        path.write_text(text or sample_answers.template_text(), encoding="utf-8")
        self.engines: list[FakeEngine] = []
        self.workspace = Workspace(str(path), self._engine)
        self.shared = Shared(self.workspace)

    def _engine(self, scenario: Any) -> FakeEngine:
        self.engines.append(FakeEngine(scenario))
        return self.engines[-1]

    @property
    def engine(self) -> FakeEngine:
        return self.engines[-1]


def play(stage: Stage, acts: Callable[[Stage, User], Awaitable[None]]) -> None:
    """Run a test with a simulated user."""
    async def whole() -> None:
        async with user_simulation(
                root=lambda: build(stage.shared, ui.context.client.request.url.query)) as user:
            await acts(stage, user)

    asyncio.run(whole())


def part(user: User, kind: type[T], name: str = "") -> T:
    """The one element of a kind; of panels the one of a name."""
    assert user.client is not None
    (found,) = (e for e in user.client.elements.values() if isinstance(e, kind)
                and (not name or e.props["name"] == name))
    return found


async def move(user: User, group: str, key: str, value: object, rest: bool = True) -> None:
    user.find(kind=ControlsPart).trigger(
        "change", {"part": group, "key": key, "value": value, "rest": rest})
    await settle()


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0.01)


def test_controls_and_a_sentence_come_before_any_answer(tmp_path: Path) -> None:
    async def acts(stage: Stage, user: User) -> None:
        await user.open("/")
        await user.should_see("North and South")
        await user.should_see("The base case is being solved")
        props = part(user, ControlsPart).props
        assert [lever["name"] for lever in props["levers"]] == ["less-support", "hosted-talks"]
        assert any(item["path"] == RATE for group in props["groups"] for item in group["inputs"])
        assert part(user, PanelPart, "zone").props["mark"]["kind"] == "solving"

    play(Stage(tmp_path / "s.yaml"), acts)


def test_answers_follow_a_control_and_say_how_fresh_they_are(tmp_path: Path) -> None:
    async def acts(stage: Stage, user: User) -> None:
        await user.open("/")
        stage.engine.answer("base case")
        await settle()
        await user.should_see("exist with probability 93\u202f%")
        await move(user, "inputs", RATE, 0.3, rest=False)
        zone = part(user, PanelPart, "zone")
        assert zone.props["mark"]["kind"] == "stale"
        stage.engine.answer(user.client.id, "quick")
        await settle()
        await user.should_see("exist with probability 78\u202f%")
        assert zone.props["mark"] == {"kind": "quick", "text": "Quick: 8 draws, being refined"}
        assert part(user, PanelPart, "obstacles").props["mark"]["kind"] == "stale"
        stage.engine.answer(user.client.id)
        await settle()
        assert part(user, PanelPart, "obstacles").props["mark"]["kind"] == "refined"
        assert "probability 78" in zone.props["caption"]

    play(Stage(tmp_path / "s.yaml"), acts)


def test_undo_reset_and_what_changed(tmp_path: Path) -> None:
    async def acts(stage: Stage, user: User) -> None:
        await user.open("/")
        stage.engine.answer("base case")
        await move(user, "inputs", RATE, 0.3)
        await user.should_see("Held: Probability of talks in a period at 0.3")
        user.find("Undo").click()
        await settle()
        await user.should_not_see("Held: Probability of talks")
        user.find("Redo").click()
        await settle()
        await user.should_see("Held: Probability of talks")
        user.find("Reset to the base case").click()
        await settle()
        assert part(user, SharePart).props["query"] == ""
        await user.should_not_see("Held: Probability of talks")

    play(Stage(tmp_path / "s.yaml"), acts)


def test_link_patch_and_command_give_the_setting_again(tmp_path: Path) -> None:
    async def acts(stage: Stage, user: User) -> None:
        await user.open("/")
        await move(user, "inputs", RATE, 0.3)
        share = part(user, SharePart).props
        assert share["patch"] == SLOW.to_yaml()
        assert share["command"].endswith("--patch patch.yaml --draws 256 --heavy 64")
        await user.open(f"/?{share['query']}")
        assert part(user, SharePart).props["patch"] == SLOW.to_yaml()
        user.find(kind=SharePart).trigger("load", "levers:\n  hosted-talks: 0.5\n")
        await settle()
        await user.should_see("On: Talks are hosted every season, dose 0.5")
        user.find(kind=SharePart).trigger("load", "levers: 3")
        await settle()
        assert "not a mapping" in part(user, SharePart).props["fault"]
        user.find(kind=SharePart).trigger("restore", SLOW.to_query())
        await settle()
        assert part(user, SharePart).props["patch"] == SLOW.to_yaml()
        user.find(kind=SharePart).trigger("restore", "i.gone=1&i.war.talks.rate=much")
        await settle()
        assert part(user, SharePart).props["patch"] == SLOW.to_yaml()

    play(Stage(tmp_path / "s.yaml"), acts)


def test_a_link_that_does_not_fit_opens_the_base_case_and_says_so(tmp_path: Path) -> None:
    async def acts(stage: Stage, user: User) -> None:
        await user.open("/?i.war.talks.rates=0.3")
        await user.should_see("there is no number 'war.talks.rates'")
        await user.should_see("The base case is shown.")
        assert part(user, SharePart).props["query"] == ""

    play(Stage(tmp_path / "s.yaml"), acts)


def test_b_stands_beside(tmp_path: Path) -> None:
    async def acts(stage: Stage, user: User) -> None:
        await user.open("/")
        stage.engine.answer("base case")
        await move(user, "inputs", RATE, 0.3)
        stage.engine.answer(user.client.id)
        await settle()
        user.find("Keep as B").click()
        await move(user, "inputs", RATE, 0.1)
        other = part(user, PanelPart, "zone").props["other"]
        assert "probability 78" in other["caption"] and other["mark"].startswith("Refined")
        await user.should_see("B: Held: Probability of talks in a period at 0.3")
        user.find("Let B go").click()
        await settle()
        assert part(user, PanelPart, "zone").props["other"] is None

    play(Stage(tmp_path / "s.yaml"), acts)


def test_a_value_out_of_bounds_is_refused_in_words(tmp_path: Path) -> None:
    async def acts(stage: Stage, user: User) -> None:
        await user.open("/")
        await move(user, "inputs", RATE, 7.0)
        await user.should_see("must be at least 0 and at most 1")
        await move(user, "inputs", RATE, 0.3)
        await user.should_not_see("must be at least 0")

    play(Stage(tmp_path / "s.yaml"), acts)


def test_errors_are_those_of_check_and_the_page_comes_back(tmp_path: Path) -> None:
    async def acts(stage: Stage, user: User) -> None:
        await user.open("/")
        await move(user, "inputs", RATE, 0.3)
        old = stage.engine
        good = stage.path.read_text(encoding="utf-8")
        stage.path.write_text(good.replace("how: direct", "how: <b>direct</b>", 1),
                              encoding="utf-8")
        assert stage.workspace.look() and old.stopped
        stage.workspace.tell()
        await user.should_see("has errors")
        assert isinstance(stage.workspace.state, Faulty)
        assert "<b>direct</b>" in " ".join(stage.workspace.state.lines)
        for line in stage.workspace.state.lines:
            await user.should_see(line)
        await user.should_not_see(kind=ControlsPart)
        stage.path.write_text(good, encoding="utf-8")
        assert stage.workspace.look() and not stage.workspace.look()
        stage.workspace.tell()
        await user.should_see("Held: Probability of talks in a period at 0.3")
        assert stage.engine is not old

    play(Stage(tmp_path / "s.yaml"), acts)


def test_a_scenario_with_errors_opens_and_comes_back(tmp_path: Path) -> None:
    async def acts(stage: Stage, user: User) -> None:
        await user.open("/")
        await user.should_see("has errors")
        stage.path.write_text(sample_answers.template_text(), encoding="utf-8")
        stage.workspace.look()
        stage.workspace.tell()
        await user.should_see("North and South")

    play(Stage(tmp_path / "s.yaml", "title: x\n"), acts)


def test_two_tabs_have_settings_of_their_own_and_one_that_goes_frees_its_work(
        tmp_path: Path) -> None:
    async def acts(stage: Stage, user: User) -> None:
        transport = httpx.ASGITransport(core.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
            second = User(http)
            await user.open("/")
            await second.open("/")
            assert user.client is not None and second.client is not None
            await move(user, "inputs", RATE, 0.3)
            await move(second, "inputs", RATE, 0.1)
            assert part(user, SharePart).props["patch"] == SLOW.to_yaml()
            assert part(second, SharePart).props["patch"] != SLOW.to_yaml()
            assert len([c for c, _ in stage.engine.asked if c == "base case"]) == 1
            second.client.delete()
            assert second.client.id in stage.engine.forgotten
            assert user.client.id not in stage.engine.forgotten

    play(Stage(tmp_path / "s.yaml"), acts)


def test_texts_of_the_scenario_stay_texts(tmp_path: Path) -> None:
    evil = "<img src=x onerror=alert(1)> & `${1}`"
    text = sample_answers.template_text().replace("West gives money only", f"'{evil}'")
    text = text.replace("title: North and South", f"title: '{evil}'")

    async def acts(stage: Stage, user: User) -> None:
        response = await user.http_client.get("/")
        assert "<img src=x" not in response.text
        await user.open("/")
        assert part(user, ControlsPart).props["levers"][0]["title"] == evil

    play(Stage(tmp_path / "s.yaml", text), acts)


def test_a_table_without_a_war_has_its_own_panels(tmp_path: Path) -> None:
    async def acts(stage: Stage, user: User) -> None:
        await user.open("/")
        stage.engine.answer("base case", "quick")
        await settle()
        await user.should_see("prefer to no agreement")
        assert user.client is not None
        names = [e.props["name"] for e in user.client.elements.values()
                 if isinstance(e, PanelPart)]
        assert names == ["zone", "verdicts"]

    play(Stage(tmp_path / "s.yaml",
               sample_answers.scenario_without_war().model_dump_json(exclude_none=True)), acts)
