"""How far a run has come, on standard error: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

BETWEEN = 10.0
"""Seconds between two plain lines."""
SOLVING = "Solving the draws"


class Meter(Protocol):
    """What a run tells how far it has come."""

    def draws(self, done: int, total: int) -> None:
        """So many draws are solved."""

    def work(self, what: str, done: int, total: int) -> None:
        """So much of something is done; of no known length where the total is 0."""

    def stage(self, what: str) -> None:
        """Something else begins, of which no length is known."""


@contextmanager
def metered(quiet: bool) -> Iterator[Meter]:
    """A meter that suits where standard error goes.

    Args:
        quiet: say nothing.
    """
    if quiet:
        yield Silent()
    elif sys.stderr.isatty():
        with _bar() as meter:
            yield meter
    else:
        yield Lines()


class Silent:
    """Says nothing."""

    def draws(self, done: int, total: int) -> None:
        pass

    def work(self, what: str, done: int, total: int) -> None:
        pass

    def stage(self, what: str) -> None:
        pass


class Lines:
    """A line now and then, for logs."""

    def __init__(self) -> None:
        self.began: dict[str, float] = {}
        self.last = time.monotonic()

    def draws(self, done: int, total: int) -> None:
        self.work(SOLVING, done, total)

    def work(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if what not in self.began:
            self.began[what] = now
            if what != SOLVING:
                self.stage(what)
        if not total:
            return
        if done >= total:
            self.stage(f"{what}: {total} done")
            del self.began[what]
        elif done and now - self.last >= BETWEEN:
            self.last = now
            left = (now - self.began[what]) / done * (total - done)
            self.stage(f"{what}: {done} of {total}, about {left:.0f} s left")

    def stage(self, what: str) -> None:
        sys.stderr.write(f"{what}\n")
        sys.stderr.flush()


@contextmanager
def _bar() -> Iterator[Meter]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    class Bar:
        """A bar for each kind of work, one below the other; without an end where none is known."""

        def __init__(self, progress: Progress) -> None:
            self.progress = progress
            self.what = SOLVING
            self.task = progress.add_task(SOLVING, total=None)

        def draws(self, done: int, total: int) -> None:
            self.work(SOLVING, done, total)

        def work(self, what: str, done: int, total: int) -> None:
            again = what == self.what and self.progress.tasks[-1].finished and done < total
            if what != self.what or again:
                self.stage(what)
            if total:
                self.progress.update(self.task, completed=done, total=total)

        def stage(self, what: str) -> None:
            self.finish()
            self.what = what
            self.task = self.progress.add_task(what, total=None)

        def finish(self) -> None:
            total = self.progress.tasks[-1].total or 1
            self.progress.update(self.task, total=total, completed=total)

    columns = (TextColumn("{task.description}"), BarColumn(30), MofNCompleteColumn(),
               TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=False) as progress:
        bar = Bar(progress)
        yield bar
        bar.finish()
