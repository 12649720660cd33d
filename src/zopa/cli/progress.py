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
TESTING = "Testing the claims"
WORKING = "Working out the answer"


class Meter(Protocol):
    """What a run tells how far it has come."""

    def draws(self, done: int, total: int) -> None:
        """So many draws are solved."""

    def stage(self, what: str) -> None:
        """Something else begins, of which no length is known."""


@contextmanager
def metered(quiet: bool, after: str = TESTING) -> Iterator[Meter]:
    """A meter that suits where standard error goes.

    Args:
        quiet: say nothing.
        after: what begins when the draws are solved.
    """
    if quiet:
        yield Silent()
    elif sys.stderr.isatty():
        with _bar(after) as meter:
            yield meter
    else:
        yield Lines(after)


class Silent:
    """Says nothing."""

    def draws(self, done: int, total: int) -> None:
        pass

    def stage(self, what: str) -> None:
        pass


class Lines:
    """A line now and then, for logs."""

    def __init__(self, after: str) -> None:
        self.after = after
        self.started = self.last = time.monotonic()

    def draws(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done >= total:
            self.stage(f"{total} draws solved")
            self.stage(self.after)
        elif now - self.last >= BETWEEN:
            self.last = now
            left = (now - self.started) / done * (total - done)
            self.stage(f"{done} of {total} draws solved, about {left:.0f} s left")

    def stage(self, what: str) -> None:
        sys.stderr.write(f"{what}\n")
        sys.stderr.flush()


@contextmanager
def _bar(after: str) -> Iterator[Meter]:
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
        """A bar for the draws, then one without an end for each stage after them."""

        def __init__(self, progress: Progress) -> None:
            self.progress = progress
            self.task = progress.add_task(SOLVING, total=None)

        def draws(self, done: int, total: int) -> None:
            self.progress.update(self.task, completed=done, total=total)
            if done >= total:
                self.stage(after)

        def stage(self, what: str) -> None:
            self.finish()
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
