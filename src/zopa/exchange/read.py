"""Any file that zopa reads, as a domain: the format is found by content.

A Genius domain is followed by its profiles, in any order; so is one of GeniusWeb.  Of every other
format there is one file.  A shipped scenario is given by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from zopa.core.errors import ArgumentError
from zopa.exchange.detect import Format, detect
from zopa.exchange.imported import Imported
from zopa.exchange.raw import decoded, raw, wrong

SEVERAL = (Format.GENIUS, Format.GENIUSWEB)


@dataclass(frozen=True)
class Given:
    """One file as it was given."""

    shown: str
    data: bytes


def read(paths: Sequence[Path | str]) -> Imported:
    """One domain with everybody's utilities.

    Args:
        paths: files, or the name of one shipped scenario.

    Raises:
        ArgumentError: no file is given.
        InputError: a file cannot be read or used; says where, and the mend.
    """
    if not paths:
        raise ArgumentError("No file is given. Name at least one.")
    if len(paths) == 1 and _shipped(str(paths[0])):
        return _scenario(str(paths[0]))
    given = [Given(str(path), raw(path)) for path in paths]
    formats = [detect(file.data, file.shown) for file in given]
    for file, found in zip(given, formats, strict=True):
        if found is not formats[0]:
            raise wrong(file.shown, f"it is a {found.value} file, but {given[0].shown} is a "
                        f"{formats[0].value} file", "Give files of one format.")
    if len(given) > 1 and formats[0] not in SEVERAL:
        raise wrong(given[1].shown, f"a second {formats[0].value} file", "Give one at a time.")
    places = [Path(path).resolve() for path in paths]
    for n, place in enumerate(places):
        if place in places[:n]:
            raise wrong(given[n].shown, "it is given twice", "Give each file once.")
    return READERS[formats[0]](given)


def _shipped(name: str) -> bool:
    from zopa.scenario.source import examples

    return name in examples() or not Path(name).exists() and not Path(name).suffix


def _genius(given: Sequence[Given]) -> Imported:
    from zopa.exchange import elements, genius

    return genius.read([genius.File(file.shown, elements.parse(file.data, file.shown))
                        for file in given])


def _geniusweb(given: Sequence[Given]) -> Imported:
    from zopa.exchange import geniusweb

    return geniusweb.read([(file.shown, decoded(file.data, file.shown)) for file in given])


def _table(given: Sequence[Given]) -> Imported:
    from zopa.exchange import table

    return table.read(decoded(given[0].data, given[0].shown), given[0].shown)


def _xlsx(given: Sequence[Given]) -> Imported:
    from zopa.exchange import xlsx

    return xlsx.read(given[0].data, given[0].shown)


def _provisions(given: Sequence[Given]) -> Imported:
    from zopa.exchange import provisions

    return provisions.read(given[0].shown)


def _elicited(given: Sequence[Given]) -> Imported:
    from zopa.exchange import elicited

    return elicited.parse(decoded(given[0].data, given[0].shown), given[0].shown)


def _scenario(name: str) -> Imported:
    from zopa.exchange import from_scenario

    return from_scenario.read(name)


READERS: dict[Format, Callable[[Sequence[Given]], Imported]] = {
    Format.GENIUS: _genius,
    Format.GENIUSWEB: _geniusweb,
    Format.TABLE: _table,
    Format.XLSX: _xlsx,
    Format.PROVISIONS: _provisions,
    Format.ELICITED: _elicited,
    Format.SCENARIO: lambda given: _scenario(given[0].shown),
}
