"""Where the numbers of an import come from: the files, their hashes, and which party's is which."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zopa.exchange.detect import Format, detect
from zopa.exchange.raw import decoded, raw


@dataclass(frozen=True)
class FileRead:
    """One file that was read.

    Attributes:
        name: without its folder.
        sha256: of its bytes.
        preferences: whether it states somebody's preferences, and not issues alone.
    """

    name: str
    sha256: str
    preferences: bool


def origins(paths: Sequence[Path | str]) -> tuple[FileRead, ...]:
    """The files of an import, in the order in which they were given.

    Raises:
        InputError: one cannot be read.
    """
    found = []
    for path in paths:
        data = raw(path)
        found.append(FileRead(" ".join(Path(path).name.split()), hashlib.sha256(data).hexdigest(),
                              len(paths) == 1 or _preferences(data, str(path))))
    return tuple(found)


def _preferences(data: bytes, shown: str) -> bool:
    from zopa.exchange import elements, genius, json_parts

    if detect(data, shown) is Format.GENIUS:
        return genius.is_profile(elements.parse(data, shown))
    return not json_parts.parse(decoded(data, shown), shown).has("issuesValues")


def of_party(files: Sequence[FileRead], party: int) -> int:
    """Which file states a party's preferences: the only one, or the party's own profile."""
    profiles = [n for n, file in enumerate(files) if file.preferences]
    return profiles[party] if len(files) > 1 and party < len(profiles) else profiles[0]
