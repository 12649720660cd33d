"""Keys of a scenario from names of any kind: letters, digits, - and _, each once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

MOST = 60


def keys(names: Sequence[str], otherwise: str) -> tuple[str, ...]:
    """A distinct key for each name; names that are keys already stay as they are.

    Args:
        otherwise: what a name without any letter or digit becomes, with its number.
    """
    made: list[str] = []
    kept = {name for name in names if _is_key(name)}
    for number, name in enumerate(names, start=1):
        if name in kept and name not in made:
            made.append(name)
            continue
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        short = re.sub(r"[^A-Za-z0-9_]+", "-", plain).strip("-").lower()[:MOST - 8].strip("-")
        short = short or f"{otherwise}-{number}"
        candidate, n = short, 1
        while candidate in made or candidate in kept:
            n += 1
            candidate = f"{short}-{n}"
        made.append(candidate)
    return tuple(made)


def _is_key(name: str) -> bool:
    return len(name) <= MOST and re.fullmatch(r"[A-Za-z0-9_-]+", name) is not None
