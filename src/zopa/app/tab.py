"""One tab: its setting with the ways back, its answers, and a second setting to compare with.

    steps   the present setting, undo and redo
    own     answers to settings other than the base case
    base    answers to the base case, shared by all tabs
    kept    the setting B, with answers of its own

Nothing here knows of the browser; `told` is called when something that is shown has changed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zopa.app.asker import Asker, Later
from zopa.app.base_case import BaseCase
from zopa.app.board import PANELS, Board, Mark
from zopa.app.steps import Steps
from zopa.core.errors import InputError
from zopa.scenario.schema import Scenario
from zopa.scenario.setting import Setting, checked, from_yaml

if TYPE_CHECKING:
    from zopa.whatif.engine import Engine, Update


class Tab:
    """A reader's page.

    Args:
        scenario: of which settings are checked.
        engine: shared by all tabs.
        base: the base case, shared too.
        client: name of this tab.
        later: runs a function on the tab's thread.
        told: called with the names of panels that have new answers; with none where only marks or
            texts have changed.
        setting: to begin with.
    """

    def __init__(self, scenario: Scenario, engine: Engine, base: BaseCase, client: str,
                 later: Later, told: Callable[[tuple[str, ...]], None],
                 setting: Setting | None = None,
                 clock: Callable[[], float] = time.monotonic) -> None:
        self.scenario, self.base, self.told, self.clock = scenario, base, told, clock
        self.steps = Steps(setting or Setting())
        self.own, self.other = Board(), Board()
        self.kept: Setting | None = None
        self.note = ""
        self.asker = Asker(engine, client, later, self._hear, clock)
        self.second = Asker(engine, f"{client} B", later, self._hear_other, clock)
        base.listeners.add(self._hear_base)
        if not self.now.is_base:
            self.own = copied(base.board)
            self.asker.want(self.now)

    @property
    def now(self) -> Setting:
        """The present setting."""
        return self.steps.now

    @property
    def board(self) -> Board:
        """Its answers."""
        return self.base.board if self.now.is_base else self.own

    def mark(self, name: str) -> Mark:
        """How fresh a panel is."""
        return self.board.mark(name, self.now)

    @property
    def settled(self) -> bool:
        """Whether every answer is to the present setting, and refined."""
        return all(self.mark(panel.name).kind == "refined" for panel in PANELS)

    def move(self, part: str, key: str, value: Any) -> str:
        """A control has moved; why it may not, or nothing.

        Args:
            part: `inputs`, `levers` or `claims`.
            key: path or name.
            value: None sets it free, off or unknown.
        """
        change = {"inputs": self.now.with_input, "levers": self.now.with_lever,
                  "claims": self.now.with_claim}[part]
        return self.go(change(key, value), f"{part} {key}")

    def go(self, setting: Setting, control: str = "") -> str:
        """Another setting; why it may not be, or nothing."""
        try:
            checked(setting, self.scenario)
        except InputError as error:
            return str(error)
        before = self.board
        if self.steps.go(setting, control, self.clock()):
            self._follow(before)
        return ""

    def load(self, text: str) -> str:
        """The setting of a patch; what is wrong with it, or nothing."""
        try:
            return self.go(from_yaml(text))
        except InputError as error:
            return str(error)

    def undo(self) -> None:
        """Back by a step."""
        before = self.board
        if self.steps.undo():
            self._follow(before)

    def redo(self) -> None:
        """Forth by a step."""
        before = self.board
        if self.steps.redo():
            self._follow(before)

    def keep(self) -> None:
        """Keep the present setting as B, with the answers that it has."""
        self.kept, self.other = self.now, copied(self.board)
        if not self.settled and not self.now.is_base:
            self.second.want(self.now)
        self.told(tuple(p.name for p in PANELS))

    def drop(self) -> None:
        """Compare with nothing but the base case."""
        self.kept, self.other = None, Board()
        self.second.rest()
        self.told(tuple(p.name for p in PANELS))

    def close(self) -> None:
        """The tab went away: its work is dropped."""
        self.base.listeners.discard(self._hear_base)
        self.asker.forget()
        self.second.forget()

    def _follow(self, before: Board) -> None:
        self.note = ""
        if self.now.is_base:
            self.asker.rest()
            self.told(tuple(p.name for p in PANELS))
            return
        if before is self.base.board:  # until there are answers, those of the base case stay
            self.own = copied(before)
        self.own.failed = ""
        self.asker.want(self.now)
        self.told(())

    def _hear(self, update: Update) -> None:
        self.note = said(update)
        self.told(self.own.take(update))

    def _hear_base(self, update: Update) -> None:
        if self.now.is_base:
            self.note = said(update)
        names = tuple(p.name for p in PANELS if update.stage in p.stages)
        self.told(names if self.now.is_base or self.kept == Setting() else ())

    def _hear_other(self, update: Update) -> None:
        self.told(self.other.take(update))

    def beside(self) -> tuple[Setting, Board] | None:
        """B with its answers; None where nothing is kept."""
        if self.kept is None:
            return None
        return self.kept, self.base.board if self.kept.is_base else self.other


def copied(board: Board) -> Board:
    """A board that changes by itself."""
    return replace(board, panels=dict(board.panels), views=dict(board.views), failed="")


def said(update: Update) -> str:
    """What is being done, or what went wrong; nothing once there are answers."""
    if update.stage == "progress":
        return (f"{update.note}: {update.done:,} of {update.total:,}" if update.total
                else update.note)
    return update.note if update.stage == "failed" else ""
