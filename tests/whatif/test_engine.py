"""Many readers, one engine: a quick look first, then everything; nothing out of order."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from tests.questions.test_setting import COST, RATE, UNCERTAIN
from tests.questions.tiny import tiny
from zopa.questions.answers import answer_all
from zopa.questions.setting import study_at
from zopa.report.serialise import plain
from zopa.scenario.setting import Setting
from zopa.whatif.engine import Engine
from zopa.whatif.update import FAILED, FULL, OBSTACLES, PROGRESS, QUICK, VERDICTS, Update

DRAWS, HEAVY = 64, 16
PATIENCE = 240.0


class Ear:
    """Keeps what one reader is told."""

    def __init__(self) -> None:
        self.heard: list[Update] = []
        self.news = threading.Condition()

    def __call__(self, update: Update) -> None:
        with self.news:
            self.heard.append(update)
            self.news.notify_all()

    def wait(self, wanted: Callable[[Update], bool]) -> Update:
        """The first update of that kind."""
        end = time.monotonic() + PATIENCE
        with self.news:
            while not (found := [u for u in self.heard if wanted(u)]):
                assert self.news.wait(end - time.monotonic()), "nothing was told in time"
        return found[0]

    def answer(self, setting: Setting, stage: str) -> Update:
        return self.wait(lambda u: u.stage == stage and u.setting == setting)

    def stages(self, setting: Setting) -> list[str]:
        return [u.stage for u in self.heard if u.setting == setting and u.stage != PROGRESS]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    made = Engine(tiny(UNCERTAIN | {"history": []}), DRAWS, 0, HEAVY, 4)
    made.start()
    yield made
    made.stop()


def test_a_quick_look_then_every_stage_in_order(engine: Engine) -> None:
    ear, setting = Ear(), Setting(((RATE, 0.3),))
    engine.ask("order", setting, ear)
    last = ear.answer(setting, OBSTACLES)
    assert ear.stages(setting) == [QUICK, FULL, VERDICTS, OBSTACLES]
    assert last.view is not None
    assert {"zone", "outlook", "waiting", "verdicts", "obstacles"} <= set(last.view.answers)
    assert ear.answer(setting, QUICK).draws == 4 and ear.answer(setting, FULL).draws == DRAWS


def test_refined_answers_are_those_of_a_run(engine: Engine) -> None:
    setting = Setting(((COST, 0.006),), (("talks", 0.5),))
    ear = Ear()
    engine.ask("run", setting, ear)
    found = ear.answer(setting, OBSTACLES).view
    assert found is not None
    whole = plain(answer_all(study_at(engine.scenario, setting, DRAWS, heavy=HEAVY)))
    for key in ("zone", "outlook", "waiting", "obstacles"):
        assert found.answers[key] == whole[key], key
    for claim, verdict in whole["verdicts"].items():
        assert found.answers["verdicts"][claim]["probability"] == verdict["probability"]
        assert found.answers["verdicts"][claim]["interval"] == verdict["interval"]


def test_only_the_newest_question_is_answered(engine: Engine) -> None:
    ear = Ear()
    settings = [Setting(((RATE, 0.11 + 0.01 * n),)) for n in range(12)]
    for setting in settings:
        engine.ask("drag", setting, ear)
    ear.answer(settings[-1], FULL)
    engine.forget("drag")
    answered = [settings.index(u.setting) for u in ear.heard if u.stage in (QUICK, FULL)]
    assert answered == sorted(answered)
    assert [u.setting for u in ear.heard if u.stage == FULL] == settings[-1:]


def test_readers_do_not_mix(engine: Engine) -> None:
    ears = [Ear() for _ in range(3)]
    settings = [Setting(((RATE, 0.2 + 0.05 * n),), (("talks", 1.0),) * (n == 1))
                for n in range(3)]
    for n, (ear, setting) in enumerate(zip(ears, settings, strict=True)):
        engine.ask(f"reader {n}", setting, ear)
    for ear, setting in zip(ears, settings, strict=True):
        ear.answer(setting, FULL)
        assert {u.setting for u in ear.heard} == {setting}
    views = [ear.answer(s, FULL).view for ear, s in zip(ears, settings, strict=True)]
    assert len({view.answers["zone"]["settle"] for view in views if view is not None}) == 3
    for n in range(3):
        engine.forget(f"reader {n}")


def test_a_reader_who_has_gone_hears_nothing_more(engine: Engine) -> None:
    ear, setting = Ear(), Setting(((RATE, 0.41),))
    engine.ask("gone", setting, ear)
    ear.answer(setting, QUICK)
    engine.forget("gone")
    there = len(ear.heard)
    other, done = Ear(), Setting(((RATE, 0.42),))
    engine.ask("stays", done, other)
    other.answer(done, FULL)
    assert FULL not in [u.stage for u in ear.heard[there:]]
    engine.forget("stays")


def test_what_cannot_be_solved_is_said_and_the_next_setting_answered(engine: Engine) -> None:
    ear, bad, good = Ear(), Setting(((RATE, 1.5),)), Setting(((RATE, 0.37),))
    engine.ask("wrong", bad, ear)
    assert "must be at least 0" in ear.answer(bad, FAILED).note
    engine.ask("wrong", good, ear)
    ear.answer(good, FULL)
    engine.forget("wrong")


def test_beliefs_that_leave_too_little_are_refused(engine: Engine) -> None:
    ear, setting = Ear(), Setting(claims=(("ahead", False),))
    engine.ask("belief", setting, ear)
    assert "effective draws" in ear.answer(setting, FAILED).note
    assert QUICK not in ear.stages(setting)
    engine.forget("belief")


def test_a_setting_that_was_solved_answers_from_the_whole_ensemble_at_once(
        engine: Engine) -> None:
    first, second, setting = Ear(), Ear(), Setting(((RATE, 0.29),))
    engine.ask("one", setting, first)
    found = first.answer(setting, FULL)
    engine.ask("two", setting, second)
    again = second.answer(setting, FULL)
    assert found.view is not None and again.view is not None
    assert again.view.answers["zone"] == found.view.answers["zone"]
    after = second.heard[second.heard.index(again):]
    assert QUICK not in [u.stage for u in after]
    for name in ("one", "two"):
        engine.forget(name)


def test_a_base_case_without_a_solution_is_said() -> None:
    broken = Engine(tiny(UNCERTAIN | {"history": [], "war.hazards.north.base": 0.7,
                                      "war.hazards.south.base": 0.7}), DRAWS, 0, HEAVY)
    broken.start()
    ear = Ear()
    broken.ask("any", Setting(), ear)
    assert "hazard" in ear.answer(Setting(), FAILED).note
    broken.stop()
