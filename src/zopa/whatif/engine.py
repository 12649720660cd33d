"""Answers to settings for many readers at once: a quick look first, then the whole ensemble.

    quick worker   the newest setting of each reader in turn, from a handful of draws
    slow worker    once a reader has rested, stage by stage, from all draws

Both workers are threads; they share the compiled programs, and what one reader had solved is there
for the others.  A reader's newer setting replaces the older one: its unfinished work stops between
two blocks of draws, and what would come late is not told.  The slow worker runs at a lower priority
and lets the next reader have a turn after every stage.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from zopa.core.cancel import Dropped, until
from zopa.core.errors import ZopaError
from zopa.draws.thin import check_heavy
from zopa.report.view import View
from zopa.scenario.inputs import inputs
from zopa.scenario.schema import Scenario
from zopa.scenario.setting import Setting
from zopa.whatif import quick
from zopa.whatif.refine import Refiner
from zopa.whatif.update import FAILED, PROGRESS, QUICK, Tell, Update
from zopa.whatif.workers import said, stand_back, wake

REST = 0.35
"""Seconds that a setting must stand before it is solved in full."""
log = logging.getLogger(__name__)


@dataclass
class Reader:
    """One reader's newest question.

    Attributes:
        setting, tell: what is asked, and who is told.
        number: of the question; a newer one has a larger number.
        since: when it was asked.
        quick: whether a quick look is due.
        stages: slow stages that are due.
        answers: known at this setting.
        turn: orders the readers for the slow worker.
    """

    setting: Setting
    tell: Tell
    number: int
    since: float
    quick: bool
    stages: tuple[str, ...]
    answers: dict[str, Any] = field(default_factory=dict)
    turn: int = 0


class Engine:
    """Answers settings of one scenario.

    Args:
        scenario: checked.
        draws, seed, heavy: as `zopa.run`: the refined answers are those of `zopa run --patch`.
        handful: draws of a quick look; by default one a core, which take as long as one.
    """

    def __init__(self, scenario: Scenario, draws: int = 1024, seed: int = 0, heavy: int = 64,
                 handful: int | None = None) -> None:
        check_heavy(heavy)
        self.scenario, self.draws, self.seed, self.heavy = scenario, draws, seed, heavy
        self.refiner = Refiner(scenario, draws, seed, heavy, handful)
        self._readers: dict[str, Reader] = {}
        self._batches: dict[tuple[tuple[str, bool], ...], quick.Batch] = {}
        self._news = threading.Condition()
        self._stopped = False
        self._awake = threading.Event()
        self._count = 0
        self._cold = list(scenario.levers) if scenario.war is not None else []
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin to solve the base case, and to answer."""
        if not self._threads:
            self._threads = [threading.Thread(target=run, name=name, daemon=True) for name, run in (
                ("quick-look", self._quick_worker), ("refine", self._slow_worker))]
            for thread in self._threads:
                thread.start()

    def stop(self) -> None:
        """Give up all work; waits until both workers have ended."""
        with self._news:
            self._stopped = True
            self._readers.clear()
            self._news.notify_all()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join()

    @property
    def cold(self) -> int:
        """How many levers have not been warmed up."""
        return len(self._cold)

    def ask(self, client: str, setting: Setting, tell: Tell) -> None:
        """Answer a setting; returns at once.

        Args:
            client: who asks; a newer question of the same one replaces the older.
            setting: what is asked.
            tell: called from a worker's thread with every `Update`, never for an older question.
        """
        with self._news:
            self._count += 1
            before = self._readers.get(client)
            same = before is not None and before.setting == setting
            self._readers[client] = Reader(
                setting, tell, self._count, time.monotonic(), True, self.refiner.stages(),
                before.answers if same and before is not None else {}, self._count)
            self._news.notify_all()

    def forget(self, client: str) -> None:
        """A reader has gone: its work is dropped."""
        with self._news:
            self._readers.pop(client, None)
            self._news.notify_all()

    # ------------------------------------------------------------------ the quick worker

    def _quick_worker(self) -> None:
        wake()  # threads that the solver starts for good must not inherit the lower priority
        self._awake.set()
        while (job := self._next_quick()) is not None:
            client, reader, batch = job
            started = time.perf_counter()

            def work(reader: Reader = reader, batch: quick.Batch = batch) -> Update:
                study = quick.at(batch, reader.setting)
                return Update(reader.setting, QUICK, View(self.scenario, quick.answers(study)),
                              len(study.draws), quick.effective_draws(study))

            self._report(client, reader, work, started)

    def _next_quick(self) -> tuple[str, Reader, quick.Batch] | None:
        """The reader who has waited longest for a quick look that can be had."""
        with self._news:
            while not self._stopped:
                waiting = [(r.number, c) for c, r in self._readers.items()
                           if r.quick and r.setting.claims in self._batches
                           and "zone" not in r.answers]
                if waiting:
                    client = min(waiting)[1]
                    reader = self._readers[client]
                    reader.quick = False
                    return client, reader, self._batches[reader.setting.claims]
                self._news.wait()
        return None

    # ------------------------------------------------------------------ the slow worker

    def _slow_worker(self) -> None:
        self._awake.wait()
        stand_back()
        self._begin()
        while (job := self._next_slow()) is not None:
            client, reader, stage = job
            started = time.perf_counter()

            def unwanted(client: str = client, reader: Reader = reader) -> bool:
                return self._newest(client) is not reader

            def work(reader: Reader = reader, stage: str = stage, client: str = client) -> Update:
                def say(what: str, done: int, total: int) -> None:
                    self._tell(client, reader, Update(reader.setting, PROGRESS, note=what,
                                                      done=done, total=total))

                self._believe(reader.setting, say)
                found = self.refiner.solve(reader.setting, stage, say)
                reader.answers = reader.answers | found.answers
                return Update(reader.setting, stage, View(self.scenario, dict(reader.answers)),
                              found.draws, found.effective)

            with until(unwanted):
                if self._report(client, reader, work, started):
                    with self._news:
                        reader.stages = reader.stages[1:]
                        self._count += 1
                        reader.turn = self._count
                else:
                    reader.stages = ()

    def _begin(self) -> None:
        """The base case, for everybody: the draws of every quick look come from it."""
        def say(what: str, done: int, total: int) -> None:
            for client, reader in self._everybody():
                self._tell(client, reader, Update(reader.setting, PROGRESS, note=what, done=done,
                                                  total=total))

        with until(lambda: self._stopped):
            try:
                batch = self.refiner.batch((), say)
                quick.at(batch, Setting())  # compiled before anybody waits for it
            except Dropped:
                return
            except Exception as error:  # a worker must not end without a word
                self._failed_base(error)
                return
        with self._news:
            self._batches[()] = batch
            self._news.notify_all()

    def _failed_base(self, error: Exception) -> None:
        note = said(error)
        while not self._stopped:
            for client, reader in self._everybody():
                if reader.stages:
                    reader.stages = ()
                    self._tell(client, reader, Update(reader.setting, FAILED, note=note))
            with self._news:
                self._news.wait(REST)

    def _believe(self, setting: Setting, say: Callable[[str, int, int], None]) -> None:
        """The draws for quick looks under what a setting believes, where they are not there."""
        if setting.claims not in self._batches:
            batch = self.refiner.batch(setting.claims, say)
            with self._news:
                self._batches[setting.claims] = batch
                self._news.notify_all()

    def _warm_up(self) -> None:
        """Compile what a lever's first move would need: frontiers with its options have other
        lengths, and with a number held too the record is weighed without the lever."""
        name = self._cold[0]
        main = next((one for one in inputs(self.scenario).items() if one[1].uncertain), None)
        setting = Setting().with_lever(name, 1.0)
        if main is not None:
            setting = setting.with_input(main[0], main[1].distribution.central())
        try:
            quick.at(self._batches[()], setting)
        except ZopaError as error:  # said to whoever switches it on
            log.debug("%s cannot be switched on: %s", name, error)
        del self._cold[0]

    def _next_slow(self) -> tuple[str, Reader, str] | None:
        """The reader whose turn it is, of those who have rested; meanwhile levers are warmed up."""
        while True:
            with self._news:
                idle = not any(reader.stages for reader in self._readers.values())
            if self._stopped or not (idle and self._cold):
                break
            self._warm_up()
        with self._news:
            while not self._stopped:
                now, wait = time.monotonic(), None
                due = [(r.turn, c) for c, r in self._readers.items() if r.stages]
                rested = [one for one in due if self._rested(self._readers[one[1]], now)]
                if rested:
                    client = min(rested)[1]
                    reader = self._readers[client]
                    return client, reader, reader.stages[0]
                if due:
                    wait = REST / 2
                self._news.wait(wait)
        return None

    def _rested(self, reader: Reader, now: float) -> bool:
        """Whether a question may be solved in full: at once where that has been done before."""
        return (now - reader.since >= REST
                or reader.stages[0] in self.refiner.known(reader.setting))

    # ------------------------------------------------------------------ telling

    def _report(self, client: str, reader: Reader, work: Callable[[], Update],
                started: float) -> bool:
        """Do it and tell; whether it worked."""
        try:
            update = work()
        except Dropped:
            return False
        except Exception as error:  # a worker must go on, whatever one setting does
            self._tell(client, reader, Update(reader.setting, FAILED, note=said(error)))
            return False
        seconds = time.perf_counter() - started
        self._tell(client, reader, Update(
            update.setting, update.stage, update.view, update.draws, update.effective,
            update.note, update.done, update.total, seconds))
        return True

    def _tell(self, client: str, reader: Reader, update: Update) -> None:
        """Tell an update that is still wanted; a quick look that comes after all draws is not."""
        late = update.stage == QUICK and "zone" in reader.answers
        if self._newest(client) is reader and not late:
            reader.tell(update)

    def _newest(self, client: str) -> Reader | None:
        with self._news:
            return None if self._stopped else self._readers.get(client)

    def _everybody(self) -> list[tuple[str, Reader]]:
        with self._news:
            return list(self._readers.items())
