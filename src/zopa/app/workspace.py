"""The scenario that is open: one engine for all tabs, and the file watched for changes.

    Opened    the file has no errors: its controls can be shown, its engine answers
    Faulty    it has: what `zopa check` would print

A change of the file's bytes makes a new state; the engine of the last one is stopped.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zopa.core.errors import InputError
from zopa.scenario import source
from zopa.scenario.load import load
from zopa.scenario.schema import Scenario

if TYPE_CHECKING:
    from zopa.whatif.controls import Controls
    from zopa.whatif.engine import Engine

BETWEEN = 0.5
"""Seconds between two looks at the file."""
MakeEngine = Callable[[Scenario], "Engine"]


@dataclass(frozen=True)
class Options:
    """How it is solved, and the command that gives the same numbers."""

    draws: int = 256
    heavy: int = 64
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Opened:
    """A scenario without errors."""

    scenario: Scenario
    controls: Controls
    engine: Engine


@dataclass(frozen=True)
class Faulty:
    """A scenario with errors: its problems, one a line."""

    lines: tuple[str, ...]


class Workspace:
    """The scenario of this process.

    Args:
        name: file, or name of a shipped example.
        make_engine: makes the engine that solves it; it is started here.
        options: for the command that is shown.
    """

    def __init__(self, name: str, make_engine: MakeEngine, options: Options | None = None) -> None:
        self.name, self.make_engine = name, make_engine
        self.options = options or Options()
        self.listeners: set[Callable[[], None]] = set()
        self.stamp = self._stamp()
        self.state: Opened | Faulty = self._opened()

    @property
    def title(self) -> str:
        """Of the scenario; the file's name while it has errors."""
        return self.state.scenario.title if isinstance(self.state, Opened) else self.name

    def start(self) -> None:
        """Begin to solve the base case."""
        if isinstance(self.state, Opened):
            self.state.engine.start()

    def look(self) -> bool:
        """Read the file again where it has changed; whether it has."""
        stamp = self._stamp()
        if stamp == self.stamp:
            return False
        self.stamp = stamp
        if isinstance(self.state, Opened):  # what it does at the moment must not hold up the page
            ending = threading.Thread(target=self.state.engine.stop, daemon=True)
            ending.start()
            ending.join(BETWEEN)
        self.state = self._opened()
        self.start()
        return True

    def tell(self) -> None:
        """Tell every tab that there is another state."""
        for listener in tuple(self.listeners):
            listener()

    def stop(self) -> None:
        """End the engine's work."""
        if isinstance(self.state, Opened):
            self.state.engine.stop()

    def _opened(self) -> Opened | Faulty:
        from zopa.whatif.controls import controls

        try:
            scenario = load(self.name)
        except InputError as error:
            return Faulty(tuple(str(problem) for problem in error.problems))
        return Opened(scenario, controls(scenario), self.make_engine(scenario))

    def _stamp(self) -> tuple[int, int, int] | None:
        """What changes when the file is saved; None while it is not there."""
        path = source.examples().get(self.name, Path(self.name))
        try:
            found = os.stat(path)
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
