"""A domain as the mediators' table: a row for each option, a column for each party.

Points are what an option adds, so that no row of weights is needed; a constant of a party stands on
the first issue.
"""

from __future__ import annotations

import csv
import io

import numpy as np

from zopa.core.errors import ArgumentError
from zopa.exchange.cells import guarded, shown
from zopa.exchange.raw import cleaned
from zopa.exchange.scaled import without_constraints
from zopa.exchange.table import ISSUE, NOTES, OPTION
from zopa.spaces.domain import Domain

Cells = list[list[str | float | None]]


def cells(domain: Domain) -> tuple[Cells, list[str]]:
    """Rows of names and numbers, and what was changed.

    Raises:
        ArgumentError: there are rules or constraints, or a party has the name of a column.
        InputError: a name cannot be written.
    """
    without_constraints(domain, "A table")
    if domain.rules:
        count = len(domain.rules)
        raise ArgumentError(f"A table cannot hold rules between issues, and there "
                            f"{'is 1' if count == 1 else f'are {count}'} here. Genius XML and "
                            "GeniusWeb JSON hold them.")
    for party in domain.parties:
        if party.lower() in (*ISSUE, *OPTION, *NOTES):
            raise ArgumentError(f"A table cannot have a party named '{party}', for that is a "
                                "column of its own. Rename the party.")
    notes = (["What every package has in common is added to the options of "
              f"'{domain.issues[0]}'."] if np.any(domain.base != 0.0) else [])
    rows: Cells = [["issue", "option", *(_name(party) for party in domain.parties)]]
    for j, (issue, options) in enumerate(zip(domain.issues, domain.options, strict=True)):
        worth = domain.worth[j] + (domain.base[:, None] if j == 0 else 0.0)
        rows += [[_name(issue), _name(option), *map(float, worth[:, o])]
                 for o, option in enumerate(options)]
    if np.isfinite(domain.reservation).any():
        rows.append(["reservation", None, *(float(r) if np.isfinite(r) else None
                                            for r in domain.reservation)])
    if np.any(domain.disagreement != 0.0) or np.isfinite(domain.reservation).any():
        rows.append(["disagreement", None, *map(float, domain.disagreement)])
    return rows, notes


def _name(name: str) -> str:
    return guarded(cleaned(name, "export", "a name"))


def written(domain: Domain) -> tuple[str, list[str]]:
    """The text of a CSV file, with a byte-order mark so that spreadsheets take it for UTF-8."""
    rows, notes = cells(domain)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in rows:
        writer.writerow(["" if cell is None else shown(cell) if isinstance(cell, float) else cell
                         for cell in row])
    return "\ufeff" + buffer.getvalue(), notes
