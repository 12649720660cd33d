"""Which format a file is in, by what it holds and never by its ending."""

from __future__ import annotations

import csv
import re
from enum import Enum

from zopa.core.errors import InputError
from zopa.exchange import table
from zopa.exchange.raw import BOMS, decoded, wrong

YAML = re.compile(r"^(zopa|parties|issues)\s*:", re.MULTILINE)
READABLE = ("What is read: Genius XML, GeniusWeb JSON, a table (CSV, XLSX) with the columns issue "
            "and option, a provisions list, elicited preferences, a scenario.")


class Format(Enum):
    """A format that is read, by what it is called in messages."""

    GENIUS = "Genius XML"
    GENIUSWEB = "GeniusWeb JSON"
    TABLE = "table"
    XLSX = "XLSX"
    PROVISIONS = "provisions list"
    ELICITED = "elicited preferences"
    SCENARIO = "scenario"


def detect(data: bytes, shown: str) -> Format:
    """The format of a file.

    Raises:
        InputError: it is none of those that are read.
    """
    if data.startswith(b"PK\x03\x04"):
        return Format.XLSX
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise wrong(shown, "it is an old binary Office file (XLS)", "Save it as XLSX or CSV.")
    start = data
    for bom, _ in BOMS:
        start = start.removeprefix(bom)
    first = start.lstrip(b" \t\r\n\x00")[:1]
    if first == b"<":
        return Format.GENIUS
    text = decoded(data, shown)
    if first in (b"{", b"["):
        return Format.GENIUSWEB
    if _provisions(text):
        return Format.PROVISIONS
    if table.looks_like(text):
        return Format.TABLE
    if _elicited(text):
        return Format.ELICITED
    if YAML.search(text):
        return Format.SCENARIO
    raise wrong(f"{shown}:1", "its format is not recognised", READABLE)


def _provisions(text: str) -> bool:
    from zopa.exchange import provisions

    try:
        return provisions.looks_like(text)
    except (InputError, csv.Error):
        return False


def _elicited(text: str) -> bool:
    from zopa.exchange import elicited

    return elicited.looks_like(text)
