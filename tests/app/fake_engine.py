"""An engine that answers at once from formulas, told to by hand or by itself, with the interface of
`zopa.whatif.engine.Engine`; its answers differ with every setting, and solve nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.report import sample_answers
from zopa.report.view import View
from zopa.scenario.schema import Scenario
from zopa.scenario.setting import Setting

QUICK, FULL = ("zone", "outlook"), ("zone", "outlook", "waiting")


@dataclass(frozen=True)
class FakeUpdate:
    """As `zopa.whatif.engine.Update`."""

    setting: Setting
    stage: str
    view: View | None
    draws: int = 0
    effective: float = 0.0
    note: str = ""
    done: int = 0
    total: int = 0
    seconds: float = 0.0


def shift(setting: Setting) -> float:
    """A number between 0 and 1 that a setting alone decides."""
    moved = sum(value for _, value in setting.inputs) + sum(0.1 * d for _, d in setting.levers)
    return (moved + sum(0.05 for _ in setting.claims)) % 1.0


def answers(scenario: Scenario, setting: Setting, parts: tuple[str, ...]) -> dict[str, Any]:
    """Answers in which the chance of a deal, the zone and the points follow the setting."""
    whole = dict(sample_answers.view(scenario.war is not None).answers)
    by, zone = shift(setting), dict(whole["zone"])
    zone["probability"] = 0.93 - 0.5 * by
    if zone.get("deal_by_month"):
        zone["deal_by_month"] = [v * (1.0 - 0.6 * by) for v in zone["deal_by_month"]]
    whole["zone"] = zone
    return {key: value for key, value in whole.items() if key in parts}


def view(scenario: Scenario, setting: Setting, parts: tuple[str, ...] = QUICK) -> View:
    """What is known of a setting."""
    return View(scenario, answers(scenario, setting, parts))


class FakeEngine:
    """Notes what it is asked.

    Args:
        scenario: of which it answers.
        itself: answers every question to the end, on a thread of its own, newest first.
    """

    def __init__(self, scenario: Scenario, itself: bool = False) -> None:
        self.scenario, self.itself = scenario, itself
        self.asked: list[tuple[str, Setting]] = []
        self.tells: dict[str, tuple[Setting, Callable[[FakeUpdate], None]]] = {}
        self.forgotten: list[str] = []
        self.stopped = False

    def start(self) -> None:
        """Nothing is solved."""

    def ask(self, client: str, setting: Setting, tell: Callable[[Any], None]) -> None:
        """Note it; answer where it answers by itself."""
        self.asked.append((client, setting))
        self.tells[client] = (setting, tell)
        if self.itself:
            threading.Thread(target=self.answer, args=(client,), daemon=True).start()

    def answer(self, client: str, *stages: str) -> None:
        """Tell a client the answers to what it asked last, in these stages or all."""
        if client not in self.tells:
            return
        setting, tell = self.tells[client]
        draws = {"quick": 8, "full": 1024, "verdicts": 1024, "obstacles": 64}
        parts = {"quick": QUICK, "full": FULL, "verdicts": (*FULL, "verdicts"),
                 "obstacles": (*FULL, "verdicts", "obstacles")}
        for stage in stages or draws:
            if self.tells.get(client, (None, None))[0] != setting:
                return
            tell(FakeUpdate(setting, stage, view(self.scenario, setting, parts[stage]),
                            draws[stage], 0.4 * draws[stage]))

    def forget(self, client: str) -> None:
        """Drop what it asked."""
        self.forgotten.append(client)
        self.tells.pop(client, None)

    def stop(self) -> None:
        """Nothing runs."""
        self.stopped = True
