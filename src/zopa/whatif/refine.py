"""The whole ensemble at a setting, stage by stage: what follows a quick look.

The numbers are those of `zopa run --patch` with the same draws, seed and heavy draws.  What was
solved for the newest settings is kept, so that undoing a step answers at once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from zopa.questions import obstacles, outlook, verdicts, waiting, zone
from zopa.questions.answers import describe
from zopa.questions.believe import believing
from zopa.questions.history import observed
from zopa.questions.setting import after_history, held
from zopa.questions.spread import effective
from zopa.questions.study import Study
from zopa.report.serialise import plain
from zopa.scenario.schema import Scenario
from zopa.scenario.setting import Setting
from zopa.whatif.quick import Batch, batch
from zopa.whatif.update import FULL, OBSTACLES, SLOW, VERDICTS

Say = Callable[[str, int, int], None]
WEIGHED = 2
"""Sets of held numbers whose draws are kept."""
ANSWERED = 32
"""Settings whose answers are kept."""
WORDS = {FULL: "Solving every draw", VERDICTS: "Testing the claims",
         OBSTACLES: "Removing frictions"}


@dataclass(frozen=True)
class Stage:
    """What one stage found: answers, draws solved, what they are worth."""

    answers: dict[str, Any]
    draws: int
    effective: float


class Refiner:
    """Solves settings of one scenario in full; for one thread at a time.

    Args:
        scenario: checked.
        draws, seed, heavy: as `zopa.run`.
        handful: draws of a quick look.
    """

    def __init__(self, scenario: Scenario, draws: int, seed: int, heavy: int,
                 handful: int | None = None) -> None:
        self.scenario, self.draws, self.seed, self.heavy = scenario, draws, seed, heavy
        self.handful = handful
        self._weighed: OrderedDict[tuple[tuple[str, float], ...], Study] = OrderedDict()
        self._study: tuple[Setting, Study] | None = None
        self._found: OrderedDict[Setting, dict[str, Stage]] = OrderedDict()

    def known(self, setting: Setting) -> dict[str, Stage]:
        """The stages that are already there."""
        return self._found.get(setting, {})

    def stages(self) -> tuple[str, ...]:
        """The stages of this scenario, in order."""
        return tuple(stage for stage in SLOW if stage != OBSTACLES or self.scenario.war is not None)

    def solve(self, setting: Setting, stage: str, say: Say) -> Stage:
        """One stage; solved unless it is there.

        Args:
            setting: at which.
            stage: one of `stages`.
            say: told what is being done, how much of it is done, and of how much.

        Raises:
            InputError, ArgumentError: as `zopa.questions.setting`.
            Dropped: nobody wants it any more.
        """
        there = self._found.setdefault(setting, {})
        self._found.move_to_end(setting)
        while len(self._found) > ANSWERED:
            self._found.popitem(last=False)
        if stage not in there:
            study = self.study(setting, say)
            say(WORDS[stage], 0, 0)
            there[stage] = Stage(plain(ASK[stage](study)), len(study.draws),
                                 effective(study.weight))
        return there[stage]

    def study(self, setting: Setting, say: Say) -> Study:
        """The study at a setting; the newest one is kept with all that was solved for it."""
        if self._study is None or self._study[0] != setting:
            weighed = self.weighed(setting, say)
            self._study = setting, after_history(weighed, setting, self.heavy, say)
        kept = self._study[1]
        return replace(kept, progress=_told(say, WORDS[FULL]), tell=say)

    def weighed(self, setting: Setting, say: Say) -> Study:
        """The draws with what is held, weighed by history."""
        name = setting.inputs
        if name not in self._weighed:
            study = observed(held(self.scenario, setting), self.draws, self.seed,
                             _told(say, "Weighing the record"))
            self._weighed[name] = replace(study, progress=_told(say, WORDS[FULL]))
            others = [key for key in self._weighed if key and key != name]
            while len(others) >= WEIGHED:  # that of the base case is never given up
                del self._weighed[others.pop(0)]
        self._weighed.move_to_end(name)
        return replace(self._weighed[name], progress=_told(say, WORDS[FULL]))

    def batch(self, claims: tuple[tuple[str, bool], ...], say: Say) -> Batch:
        """The handful of draws for quick looks, under what is believed."""
        base = self.weighed(Setting(), say)
        if claims:
            say("Testing what is believed", 0, 0)
            believing(base, claims)  # raises where hardly a draw would be left
        return batch(base, claims, self.handful)


def _told(say: Say, what: str) -> Callable[[int, int], None]:
    return lambda done, total: say(what, done, total)


def _full(study: Study) -> dict[str, Any]:
    if study.scenario.war is not None:
        _ = study.base
    return {"scenario": describe(study), "zone": zone.answer(study),
            "outlook": outlook.answer(study), "waiting": waiting.answer(study)}


ASK: dict[str, Callable[[Study], dict[str, Any]]] = {
    FULL: _full,
    VERDICTS: lambda study: {"verdicts": verdicts.answer(study, flips=False)},
    OBSTACLES: lambda study: {"obstacles": obstacles.answer(study)}}
