"""Utilities of packages, computed once for a handful of draws that are asked about again.

While a slider moves, most settings change the war and not what the issues are worth: the same
packages have the same utilities at the same draws.  What was computed is kept under a digest of
everything it depends on, so that it is the same bits either way.  Many draws are never kept.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from zopa.agreement.space import Space

Floats = NDArray[np.float64]
FEW = 16
"""Draws up to which utilities are kept."""
KEPT = 24
_found: OrderedDict[bytes, Floats] = OrderedDict()
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
    name = _digest(space, packages, x)
    with _lock:
        if name in _found:
            _found.move_to_end(name)
            return _found[name]
    made = space.utilities(packages, x)
    made.setflags(write=False)
    with _lock:
        _found[name] = made
        while len(_found) > KEPT:
            _found.popitem(last=False)
    return made


def _digest(space: Space, packages: NDArray[np.int64], x: float) -> bytes:
    """Of everything the utilities depend on."""
    made = hashlib.blake2b(digest_size=16)
    made.update(repr((space.parties, space.options, space.moving, space.pairs, x,
                      packages.shape)).encode())
    for array in (space.weight, space.value, space.slope, space.bonus, packages):
        made.update(str(array.shape).encode())
        made.update(np.ascontiguousarray(array).tobytes())
    return made.digest()
