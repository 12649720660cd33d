"""The files of `zopa zone`: any domain, and a provisions list with what is asked of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from zopa.core.errors import ArgumentError
from zopa.exchange import provisions, provisions_answer
from zopa.exchange.detect import Format, detect
from zopa.exchange.imported import Imported
from zopa.exchange.raw import raw
from zopa.exchange.read import read


def read_asked(files: Sequence[Path], thresholds: Mapping[str, float],
               exclusions: Sequence[Sequence[str]]) -> Imported:
    """What the files hold.

    Args:
        files: as `zopa.exchange.read.read`; a provisions list may be followed by its options file.
        thresholds: party -> least mean satisfaction, for a provisions list.
        exclusions: groups of its provisions of which a draft holds one at most.

    Raises:
        InputError: a file cannot be read or used.
        ArgumentError: thresholds or exclusions of something else.
    """
    first = files[0]
    if first.is_file() and detect(raw(first), str(first)) is Format.PROVISIONS:
        least, groups = (provisions_answer.options(files[1]) if len(files) == 2 else ({}, ()))
        if len(files) > 2:
            raise ArgumentError(f"{files[2]}: a provisions list is followed by one options file at "
                                "most.")
        return provisions.read(first, {**least, **thresholds}, (*groups, *exclusions))
    if thresholds or exclusions:
        raise ArgumentError("--threshold and --exclude are for provisions lists; a party's least "
                            "utility is given by --reserve.")
    return read(files)
