"""The base case, asked once for all tabs: what every change is compared with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from zopa.app.asker import Asker, Later
from zopa.app.board import Board
from zopa.scenario.setting import Setting

if TYPE_CHECKING:
    from zopa.whatif.engine import Engine, Update

CLIENT = "base case"


class BaseCase:
    """Its answers, and who is told when there are new ones.

    Args:
        engine: that solves it.
        later: runs a function on the readers' thread.
    """

    def __init__(self, engine: Engine, later: Later) -> None:
        self.board = Board()
        self.listeners: set[Callable[[Update], None]] = set()
        self.asker = Asker(engine, CLIENT, later, self._hear)

    def begin(self) -> None:
        """Ask."""
        self.asker.want(Setting())

    def _hear(self, update: Update) -> None:
        self.board.take(update)
        for listener in tuple(self.listeners):
            listener(update)
