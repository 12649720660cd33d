"""`zopa read`: from reports to a ledger of claims."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zopa.cli.common import counted
from zopa.core.errors import InputError, Problem

if TYPE_CHECKING:
    from zopa.reading.row import Row


def command(
    reports: Annotated[list[str], typer.Argument(
        metavar="FILE...", help="Text files; `-` is standard input.")],
    out: Annotated[Path | None, typer.Option(
        "--out", help="Write the ledger here: .yaml, or .jsonl for JSON Lines.")] = None,
    actors: Annotated[Path | None, typer.Option(
        "--actors", help="Your own gazetteer in YAML, on top of the shipped one.")] = None,
    scenario: Annotated[str | None, typer.Option(
        "--scenario", help="A scenario whose parties and aliases name the actors.")] = None,
) -> None:
    """Read reports into a ledger of claims: who says what, on what standing.

    Each row points back to its characters in the text. It never says whether a claim is true, and
    a person confirms what matters. Without --out the ledger is printed as YAML.
    """
    from zopa.reading.actors import shipped
    from zopa.reading.ledger import to_json_lines, to_yaml
    from zopa.reading.read import read_text
    from zopa.reading.text import decode

    known = shipped()
    if scenario is not None:
        from zopa.scenario.load import load

        known = known.with_scenario(load(scenario))
    if actors is not None:
        known = known.with_file(actors)
    rows: list[Row] = []
    for report in reports:
        name = "standard input" if report == "-" else report
        try:
            data = sys.stdin.buffer.read() if report == "-" else Path(report).read_bytes()
        except OSError as error:
            raise InputError([Problem(name, f"it cannot be read ({error.strerror})",
                                      "Give the path of a text file.")]) from None
        document = "standard input" if report == "-" else Path(report).name
        rows.extend(read_text(decode(data, name), known, document).rows)
    text = to_json_lines(rows) if out is not None and out.suffix == ".jsonl" else to_yaml(rows)
    if out is None:
        sys.stdout.write(text)
        return
    out.write_text(text, encoding="utf-8")
    review = sum(bool(row.needs_review) for row in rows)
    typer.echo(f"{out}: {counted(len(rows), 'row')}, {review} marked for review")
