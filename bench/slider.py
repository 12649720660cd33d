"""How soon the what-if page answers while a slider moves, and how far the quick look is off.

Settings are asked one after the other, as a page does: the next one when the last has its answer.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
from commands import SCENARIO
from process import line

from zopa import load
from zopa.ensemble.solve import Parts, solve_ensemble
from zopa.questions.setting import study_at
from zopa.report.charts import MAKERS
from zopa.scenario.setting import Setting
from zopa.whatif import quick
from zopa.whatif.controls import controls
from zopa.whatif.engine import Engine
from zopa.whatif.update import FAILED, QUICK, Update

MOVES = 200
WARM = 10
DRAWS = 256
CHARTS = ("zone", "deal-by-month", "outlook")
SEED = 7


def moves(count: int) -> list[Setting]:
    """A main input, moved to and fro; another one every tenth time; sometimes with a lever on."""
    scenario, random = load(SCENARIO), np.random.default_rng(SEED)
    found = controls(scenario)
    main = next(group for group in found.groups if group.main).inputs
    levers, made = [lever.name for lever in found.levers], []
    for n in range(count):
        if n % 10 == 0:
            chosen = main[int(random.integers(len(main)))]
            lever = levers[int(random.integers(len(levers)))] if n % 30 == 20 else None
        value = float(random.uniform(chosen.low, chosen.high))
        made.append(Setting().with_input(chosen.path, value))
        if lever is not None:
            made[-1] = made[-1].with_lever(lever, 1.0)
    return made


def slider(fast: bool) -> Iterator[dict[str, Any]]:
    """p50 and p95 from asking to the new rows of the charts; the same by the whole ensemble."""
    engine = Engine(load(SCENARIO), DRAWS)
    answered = threading.Event()
    last: list[Update] = []

    def tell(update: Update) -> None:
        if update.stage in (QUICK, FAILED):
            last.append(update)
            answered.set()

    engine.start()
    taken: list[float] = []
    wait_for_levers(engine)
    settings = moves(20 if fast else MOVES)
    for setting in settings[:WARM] + settings:
        answered.clear()
        started = time.perf_counter()
        engine.ask("bench", setting, tell)
        answered.wait()
        view = last[-1].view
        if view is not None:
            for name in CHARTS:
                MAKERS[name](view)
        taken.append(time.perf_counter() - started)
    engine.stop()
    draws, kept = last[-1].draws, np.array(taken[WARM:])
    on = np.array([bool(setting.levers) for setting in settings])
    for name, part in (("slider", kept[~on]), ("slider.with_a_lever_on", kept[on])):
        if len(part):
            for level in (50, 95):
                yield line(f"{name}.p{level}", 1e3 * float(np.quantile(part, level / 100)), "ms",
                           draws=draws, moves=len(part), aim=150.0 if level == 95 else None)
    yield from against_the_whole(settings, draws)


def wait_for_levers(engine: Engine) -> None:
    """Until the engine has nothing left to compile, as where the page has been open a while."""
    while engine.cold:
        time.sleep(0.1)


def against_the_whole(settings: list[Setting], draws: int) -> Iterator[dict[str, Any]]:
    """The quick look against a fresh solve of its draws, and against all draws solved anew."""
    scenario = load(SCENARIO)
    base = study_at(scenario, Setting(), DRAWS)
    batch = quick.batch(base, (), draws)
    quick.at(batch, settings[0])
    off, quickly = 0.0, []
    for setting in settings[:5]:
        started = time.perf_counter()
        found = quick.at(batch, setting)
        quickly.append(time.perf_counter() - started)
        fresh = solve_ensemble(found.scenario, found.draws, Parts.ALL).timing.deal_by
        off = max(off, float(np.abs(fresh - found.ensemble(Parts.TIMING).timing.deal_by).max()))
    plain = Parts.BARGAIN | Parts.TIMING | Parts.OUTLOOK
    solve_ensemble(scenario, base.draws, plain)
    started = time.perf_counter()
    solve_ensemble(scenario, base.draws, plain)
    whole = time.perf_counter() - started
    yield line("slider.times_faster_than_all_draws", whole / float(np.median(quickly)), "times",
               draws=len(base.draws), largest_difference=off)
