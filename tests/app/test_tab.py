"""A tab: its panels answer its own setting and no other's, and a second setting stands beside."""

from __future__ import annotations

import pytest

from tests.app.fake_engine import FakeEngine
from tests.report import sample_answers
from zopa.app.base_case import BaseCase
from zopa.app.board import PANELS
from zopa.app.tab import Tab
from zopa.scenario.setting import Setting

RATE = "war.talks.rate"
SLOW = Setting().with_input(RATE, 0.3)


class Desk:
    """An engine with its base case, and tabs on it."""

    def __init__(self) -> None:
        self.scenario = sample_answers.scenario()
        self.engine = FakeEngine(self.scenario)
        self.base = BaseCase(self.engine, lambda f: f())
        self.told: list[tuple[str, ...]] = []
        self.base.begin()

    def tab(self, name: str = "one", setting: Setting | None = None) -> Tab:
        return Tab(self.scenario, self.engine, self.base, name, lambda f: f(), self.told.append,
                   setting, lambda: 0.0)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def kinds(tab: Tab) -> list[str]:
    return [tab.mark(panel.name).kind for panel in PANELS]


def test_from_being_solved_to_quick_to_refined(desk: Desk) -> None:
    tab = desk.tab()
    assert kinds(tab) == ["solving"] * 7
    desk.engine.answer("base case", "quick")
    assert kinds(tab) == ["quick"] * 3 + ["solving"] * 4
    desk.engine.answer("base case", "full")
    assert kinds(tab) == ["refined"] * 5 + ["solving"] * 2
    desk.engine.answer("base case", "verdicts", "obstacles")
    assert kinds(tab) == ["refined"] * 7 and tab.settled
    assert tab.mark("zone").text == "Refined: 1,024 draws, worth 410 after weighing by the record"
    assert tab.mark("obstacles").text.startswith("Refined: 64 draws")


def test_an_answer_to_another_setting_is_never_passed_off_as_new(desk: Desk) -> None:
    tab = desk.tab()
    desk.engine.answer("base case")
    tab.move("inputs", RATE, 0.3)
    assert kinds(tab) == ["stale"] * 7
    assert "earlier setting" in tab.mark("zone").text
    desk.engine.answer("one", "quick")
    assert kinds(tab) == ["quick"] * 3 + ["stale"] * 4
    assert all(tab.board.panels[name].setting == SLOW for name in ("zone", "outlook"))


def test_the_base_case_is_solved_once_for_all_tabs_and_reset_is_at_once(desk: Desk) -> None:
    first, second = desk.tab("one"), desk.tab("two")
    desk.engine.answer("base case")
    first.move("inputs", RATE, 0.3)
    first.go(Setting())
    assert first.settled and second.settled
    assert [client for client, _ in desk.engine.asked] == ["base case", "one"]
    assert "one" in desk.engine.forgotten


def test_tabs_do_not_mix(desk: Desk) -> None:
    first, second = desk.tab("one"), desk.tab("two")
    desk.engine.answer("base case")
    first.move("inputs", RATE, 0.3)
    second.move("inputs", RATE, 0.2)
    desk.engine.answer("two")
    desk.engine.answer("one")
    assert {s.setting for s in first.board.panels.values()} == {SLOW}
    assert {s.setting for s in second.board.panels.values()} == {Setting().with_input(RATE, 0.2)}
    second.close()
    assert desk.engine.forgotten == ["two", "two B"] and first.settled


def test_undo_asks_for_the_earlier_setting(desk: Desk) -> None:
    tab = desk.tab()
    tab.move("inputs", RATE, 0.3)
    desk.engine.answer("one", "quick")
    tab.move("levers", "less-support", 1.0)
    desk.engine.answer("one", "quick")
    tab.undo()
    assert tab.now == SLOW and desk.engine.asked[-1] == ("one", SLOW)
    tab.redo()
    assert tab.now.levers == (("less-support", 1.0),)


def test_what_cannot_be_is_said_and_changes_nothing(desk: Desk) -> None:
    tab = desk.tab()
    assert "at most 1" in tab.move("inputs", RATE, 3.0)
    assert "no lever 'magic'" in tab.move("levers", "magic", 1.0)
    assert tab.now.is_base and len(desk.engine.asked) == 1


def test_a_patch_is_loaded_or_says_what_is_wrong(desk: Desk) -> None:
    tab = desk.tab()
    assert tab.load(SLOW.to_yaml()) == "" and tab.now == SLOW
    assert "no part 'input'" in tab.load("input:\n  a: 1\n")
    assert tab.now == SLOW


def test_b_keeps_its_answers_and_is_refined_beside(desk: Desk) -> None:
    tab = desk.tab()
    desk.engine.answer("base case")
    tab.move("inputs", RATE, 0.3)
    desk.engine.answer("one", "quick")
    tab.keep()
    tab.move("inputs", RATE, 0.2)
    beside = tab.beside()
    assert beside is not None and beside[0] == SLOW
    assert beside[1].mark("zone", SLOW).kind == "quick"
    desk.engine.answer("one B")
    assert beside[1].mark("zone", SLOW).kind == "refined"
    assert tab.mark("zone").kind == "stale"
    tab.drop()
    assert tab.beside() is None and "one B" in desk.engine.forgotten


def test_the_base_case_may_be_b(desk: Desk) -> None:
    tab = desk.tab()
    tab.keep()
    tab.move("inputs", RATE, 0.3)
    desk.engine.answer("base case")
    beside = tab.beside()
    assert beside is not None and beside[1].mark("verdicts", Setting()).kind == "refined"
    assert "one B" not in [client for client, _ in desk.engine.asked]


def test_a_failure_is_said_and_ends_with_the_next_answer(desk: Desk) -> None:
    from tests.app.fake_engine import FakeUpdate

    tab = desk.tab()
    desk.engine.answer("base case")
    tab.move("inputs", RATE, 0.3)
    setting, tell = desk.engine.tells["one"]
    tell(FakeUpdate(setting, "failed", None, note="It cannot be solved there."))
    assert tab.note == "It cannot be solved there." and tab.mark("zone").text == "Not solved"
    tab.move("inputs", RATE, 0.2)
    assert tab.note == "" and tab.mark("zone").text.startswith("Being solved")


def test_a_link_opens_at_its_setting(desk: Desk) -> None:
    tab = desk.tab(setting=SLOW)
    assert desk.engine.asked[-1] == ("one", SLOW)
    desk.engine.answer("one", "quick")
    assert kinds(tab)[0] == "quick"
