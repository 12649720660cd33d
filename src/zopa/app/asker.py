"""One reader's questions to the engine: the newest setting wins, and no answer comes out of order.

    idle     a new setting is asked at once
    waiting  a first answer is outstanding: a newer setting is kept and asked when that has come,
             so that an engine that drops what is replaced still answers while a slider moves

What the engine tells arrives on its own thread and is handed to the reader's.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from zopa.scenario.setting import Setting

if TYPE_CHECKING:
    from zopa.whatif.engine import Engine, Update

Later = Callable[[Callable[[], None]], object]
PATIENCE = 10.0
"""Seconds after which a newer setting replaces one that has no answer yet."""
ANSWERS = ("quick", "full", "verdicts", "obstacles")


class Asker:
    """Asks for one client.

    Args:
        engine: shared by all.
        client: name of this one.
        later: runs a function on the reader's thread.
        heard: called there with every update that is still wanted.
        clock: seconds.
    """

    def __init__(self, engine: Engine, client: str, later: Later,
                 heard: Callable[[Update], None],
                 clock: Callable[[], float] = time.monotonic) -> None:
        self.engine, self.client = engine, client
        self.later, self.heard, self.clock = later, heard, clock
        self.asked: Setting | None = None
        self.kept: Setting | None = None
        self.waiting = False
        self.since = 0.0
        self.gone = False

    def want(self, setting: Setting) -> None:
        """Answers to this setting are wanted now, and to no other."""
        if self.gone:
            return
        if self.waiting and setting != self.asked and self._soon(setting):
            self.kept = setting
        else:
            self._ask(setting)

    def rest(self) -> None:
        """Nothing is wanted now; something may be later."""
        if not self.gone and self.asked is not None:
            self.asked = self.kept = None
            self.waiting = False
            self.engine.forget(self.client)

    def forget(self) -> None:
        """Nothing more is wanted: the client's work is dropped."""
        if not self.gone:
            self.gone = True
            self.kept = None
            self.engine.forget(self.client)

    def _soon(self, setting: Setting) -> bool:
        """Whether an answer to what is asked is worth the wait; other beliefs take longer."""
        return (self.asked is not None and setting.claims == self.asked.claims
                and self.clock() - self.since < PATIENCE)

    def _ask(self, setting: Setting) -> None:
        self.asked, self.kept = setting, None
        self.waiting, self.since = True, self.clock()

        def tell(update: Update) -> None:
            self.later(lambda: self._hear(update))

        self.engine.ask(self.client, setting, tell)

    def _hear(self, update: Update) -> None:
        if self.gone or update.setting != self.asked:
            return
        if update.stage in ANSWERS or update.stage == "failed":
            self.waiting = False
        self.heard(update)
        if not self.waiting and self.kept is not None:
            self._ask(self.kept)
