"""Packages, and their utilities for a handful of draws that are asked about again, computed once.

While a slider moves, most settings change the war and not what the issues are worth: the same
packages have the same utilities at the same draws.  What was computed is kept under a digest of
everything it depends on, so that it is the same bits either way.  Many draws are never kept.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from zopa.agreement.space import Space

Floats = NDArray[np.float64]
T = TypeVar("T", np.float64, np.int64)
FEW = 16
"""Draws up to which utilities are kept."""
KEPT = 24
_found: OrderedDict[bytes, Floats] = OrderedDict()
_packages: OrderedDict[bytes, NDArray[np.int64]] = OrderedDict()
_lock = Lock()


def utilities(space: Space, packages: NDArray[np.int64], x: float) -> Floats:
    """As `Space.utilities`; read-only where it is kept.

    Args:
        space: the agreement space.
        packages: `(package, issue)`.
        x: position in [-1, 1].

    Returns:
        `(party, package, draw)`.
    """
    if space.draws > FEW:
        return space.utilities(packages, x)
    return _kept(_digest(space, packages, x), _found, lambda: space.utilities(packages, x))


def _kept(name: bytes, found: OrderedDict[bytes, NDArray[T]],
          make: Callable[[], NDArray[T]]) -> NDArray[T]:
    with _lock:
        if name in found:
            found.move_to_end(name)
            return found[name]
    made = make()
    made.setflags(write=False)
    with _lock:
        found[name] = made
        while len(found) > KEPT:
            found.popitem(last=False)
    return made


def packages(space: Space) -> NDArray[np.int64]:
    """As `Space.packages`, read-only; they depend on no draw.

    Raises:
        ArgumentError: as there.
    """
    made = hashlib.blake2b(repr((space.issues, space.options, space.forbidden)).encode(),
                           digest_size=16)
    made.update(space.available.tobytes())
    return _kept(made.digest(), _packages, space.packages)


def _digest(space: Space, packages: NDArray[np.int64], x: float) -> bytes:
    """Of everything the utilities depend on."""
    made = hashlib.blake2b(digest_size=16)
    made.update(repr((space.parties, space.options, space.moving, space.pairs, x,
                      packages.shape)).encode())
    for array in (space.weight, space.value, space.slope, space.bonus, packages):
        made.update(str(array.shape).encode())
        made.update(np.ascontiguousarray(array).tobytes())
    return made.digest()
