"""The newest setting wins, a moving slider still gets answers, and none comes out of order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.app.fake_engine import FakeEngine, FakeUpdate
from tests.report import sample_answers
from zopa.app.asker import PATIENCE, Asker
from zopa.scenario.setting import Setting


def at(value: float) -> Setting:
    return Setting().with_input("war.talks.rate", value)


class Bench:
    """An asker with its engine, what it heard, and a clock that stands still."""

    def __init__(self) -> None:
        self.engine = FakeEngine(sample_answers.scenario())
        self.heard: list[Any] = []
        self.time = 0.0
        self.asker = Asker(self.engine, "one", lambda f: f(), self.heard.append,
                           lambda: self.time)

    @property
    def values(self) -> list[float]:
        return [u.setting.inputs[0][1] for u in self.heard]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_while_an_answer_is_outstanding_only_the_newest_setting_is_kept(bench: Bench) -> None:
    for n in range(1, 8):
        bench.asker.want(at(n / 10))
    assert [s for _, s in bench.engine.asked] == [at(0.1)]
    bench.engine.answer("one", "quick")
    assert [s for _, s in bench.engine.asked] == [at(0.1), at(0.7)]
    bench.engine.answer("one")
    assert bench.values == [0.1, 0.7, 0.7, 0.7, 0.7]


def test_refining_does_not_hold_up_a_newer_setting(bench: Bench) -> None:
    bench.asker.want(at(0.1))
    bench.engine.answer("one", "quick")
    bench.asker.want(at(0.2))
    assert bench.engine.asked[-1] == ("one", at(0.2))


def test_an_answer_to_an_earlier_setting_is_not_passed_on(bench: Bench) -> None:
    bench.asker.want(at(0.1))
    bench.engine.answer("one", "quick")
    late: Callable[[Any], None] = bench.engine.tells["one"][1]
    bench.asker.want(at(0.2))
    late(FakeUpdate(at(0.1), "full", None))
    assert bench.values == [0.1]


def test_a_setting_without_any_answer_is_replaced_after_a_while(bench: Bench) -> None:
    bench.asker.want(at(0.1))
    bench.time = PATIENCE + 1.0
    bench.asker.want(at(0.2))
    assert bench.engine.asked[-1] == ("one", at(0.2))


def test_another_belief_does_not_wait(bench: Bench) -> None:
    bench.asker.want(at(0.1).with_claim("deadlock", True))
    bench.asker.want(at(0.1))
    assert bench.engine.asked[-1] == ("one", at(0.1))


def test_a_failure_lets_the_next_setting_through(bench: Bench) -> None:
    bench.asker.want(at(0.1))
    bench.asker.want(at(0.2))
    bench.engine.tells["one"][1](FakeUpdate(at(0.1), "failed", None, note="No."))
    assert bench.engine.asked[-1] == ("one", at(0.2))


def test_progress_is_no_answer(bench: Bench) -> None:
    bench.asker.want(at(0.1))
    bench.engine.tells["one"][1](FakeUpdate(at(0.1), "progress", None, note="Weighing"))
    bench.asker.want(at(0.2))
    assert len(bench.engine.asked) == 1 and bench.heard[0].note == "Weighing"


def test_a_tab_that_went_away_frees_its_work_and_hears_nothing(bench: Bench) -> None:
    bench.asker.want(at(0.1))
    tell = bench.engine.tells["one"][1]
    bench.asker.forget()
    tell(FakeUpdate(at(0.1), "quick", None))
    bench.asker.want(at(0.2))
    assert bench.engine.forgotten == ["one"] and bench.heard == []
    assert len(bench.engine.asked) == 1


def test_at_rest_nothing_is_heard_and_asking_again_works(bench: Bench) -> None:
    bench.asker.want(at(0.1))
    tell = bench.engine.tells["one"][1]
    bench.asker.rest()
    tell(FakeUpdate(at(0.1), "quick", None))
    assert bench.heard == []
    bench.asker.want(at(0.1))
    bench.engine.answer("one", "quick")
    assert bench.values == [0.1]
