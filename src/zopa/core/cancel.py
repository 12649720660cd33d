"""Work that is no longer wanted stops between two blocks of draws.

    with until(lambda: newer.is_set()):
        solve_ensemble(...)             # raises Dropped soon after `newer` is set
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_unwanted: ContextVar[Callable[[], bool] | None] = ContextVar("unwanted", default=None)


class Dropped(Exception):
    """Nobody wants the result any more; not an error of the domain."""


@contextmanager
def until(unwanted: Callable[[], bool]) -> Iterator[None]:
    """Work inside stops once `unwanted()` is true; only in this thread or task."""
    token = _unwanted.set(unwanted)
    try:
        yield
    finally:
        _unwanted.reset(token)


def go_on() -> None:
    """Raises Dropped where the work at hand is not wanted any more."""
    unwanted = _unwanted.get()
    if unwanted is not None and unwanted():
        raise Dropped
