"""A loop of fixed length that runs on NumPy and on JAX alike."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def repeated(times: int, body: Callable[[T], T], start: T, xp: ModuleType) -> T:
    """`body` applied so many times; on JAX one compiled loop, not so many copies of the body."""
    if xp is np:
        for _ in range(times):
            start = body(start)
        return start
    from jax import lax

    result: T = lax.fori_loop(0, times, lambda _, state: body(state), start)
    return result
