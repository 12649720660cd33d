"""Undo and redo: a step a gesture, and the way forth is lost with a new step."""

from __future__ import annotations

from zopa.app.steps import Steps
from zopa.scenario.setting import Setting

BASE = Setting()


def at(value: float) -> Setting:
    return BASE.with_input("war.talks.rate", value)


def test_a_movement_is_one_step() -> None:
    steps = Steps()
    for n in range(10):
        assert steps.go(at(n / 10), "rate", when=n * 0.05) is True
    assert steps.now == at(0.9) and steps.past == [BASE]
    assert steps.undo() and steps.now == BASE and not steps.undo()
    assert steps.redo() and steps.now == at(0.9) and not steps.redo()


def test_a_pause_another_control_and_a_click_begin_a_step() -> None:
    steps = Steps()
    steps.go(at(0.1), "rate", when=0.0)
    steps.go(at(0.2), "rate", when=5.0)
    steps.go(at(0.2).with_lever("x", 1.0), "lever", when=5.1)
    steps.go(BASE, when=5.2)
    assert steps.past == [BASE, at(0.1), at(0.2), at(0.2).with_lever("x", 1.0)]


def test_a_new_step_ends_the_way_forth() -> None:
    steps = Steps()
    steps.go(at(0.1))
    steps.undo()
    steps.go(at(0.3), "rate", when=0.0)
    assert not steps.redo() and steps.now == at(0.3)


def test_the_same_setting_is_no_step() -> None:
    steps = Steps()
    assert steps.go(BASE) is False and steps.past == []


def test_after_undo_a_movement_is_a_step_of_its_own() -> None:
    steps = Steps()
    steps.go(at(0.1), "rate", when=0.0)
    steps.go(at(0.5), "other", when=0.1)
    steps.undo()
    steps.go(at(0.2), "rate", when=0.2)
    assert steps.past == [BASE, at(0.1)]
