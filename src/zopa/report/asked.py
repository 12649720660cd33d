"""One question of a scenario, answered without the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from zopa.core.errors import ArgumentError
from zopa.report.serialise import plain
from zopa.report.view import View
from zopa.scenario.schema import Scenario

ASKED = ("outlook", "zone", "obstacles", "waiting", "levers", "hindsight", "verdicts", "hinges")
NEEDS_WAR = ("outlook", "obstacles", "waiting", "levers", "hindsight")


def check_question(question: str) -> None:
    """Raises ArgumentError where there is no such question; lists those there are."""
    if question not in ASKED:
        raise ArgumentError(f"there is no question '{question}'. There is {', '.join(ASKED)}.")


def answer(scenario: Scenario, question: str, draws: int = 1024, seed: int = 0,
           progress: Callable[[int, int], None] | None = None, heavy: int = 256,
           tell: Callable[[str, int, int], None] | None = None) -> View:
    """A view whose answers hold one question's, and the status.

    Args:
        scenario, draws, seed, progress, heavy, tell: as for `zopa.report.result.run`.
        question: one of `ASKED`.

    Raises:
        ArgumentError: no such question, or the scenario has nothing for it.
    """
    from zopa.draws.thin import check_heavy
    from zopa.questions.answers import QUESTIONS
    from zopa.questions.history import observed
    from zopa.questions.spread import effective

    check_question(question)
    check_heavy(heavy)
    if scenario.war is None and question in NEEDS_WAR:
        raise ArgumentError(f"this scenario has no war block, so there is no {question} to ask "
                            "for. Ask zone or verdicts.")
    study = replace(observed(scenario, draws, seed, progress), heavy=heavy, tell=tell)
    if scenario.war is not None and question == "verdicts":
        _ = study.base  # its tests need most parts: solved together rather than one by one
    found = plain(QUESTIONS[question](study))
    return View(scenario, {question: found, "status": {
        "draws": draws, "effective_draws": effective(study.weight)}})
