"""`zopa claims add`: decided rows of a ledger into a scenario."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from zopa.cli.common import counted
from zopa.core.errors import InputError, Problem


class Action(StrEnum):
    """What is done with the claims."""

    ADD = "add"


def command(
    action: Annotated[Action, typer.Argument(help="What to do: add.")],
    scenario: Annotated[Path, typer.Argument(help="The scenario file to write into.")],
    ledger: Annotated[Path, typer.Argument(
        help="A ledger of `zopa read --against SCENARIO`, with its decisions.")],
    row: Annotated[list[str] | None, typer.Option(
        "--row", metavar="ID", help="Take these rows only; they need no suggestion.")] = None,
    cite: Annotated[str | None, typer.Option(
        "--cite", metavar="KEY", help="The source in the scenario that the rows are from; without "
        "it, one named like the report.")] = None,
    dry_run: Annotated[bool, typer.Option(
        "--dry-run", help="Say what would be added, and write nothing.")] = False,
) -> None:
    """Add rows of a ledger to a scenario's claims, with source, speakers, date and tests.

    Taken are rows whose decision is confirmed or corrected and whose suggestion is confirmed.
    Comments and order of the file stay; what it has already is not added again. The result is
    checked first, and nothing is written where it would not check.
    """
    from zopa.reading.claims_add import added
    from zopa.reading.ledger import stored_in_json_lines, stored_in_yaml
    from zopa.reading.sections import stored_against, stored_dates
    from zopa.report.ledger_write import replace_file
    from zopa.scenario.source import decoded, examples

    if str(scenario) in examples() and not scenario.exists():
        raise InputError([Problem(str(scenario), "a shipped example is not written into",
                                  f"Copy it: zopa new my-{scenario}.yaml --like {scenario}")])
    raw = _bytes(scenario)
    text = decoded(raw, str(scenario))
    stored = decoded(_bytes(ledger), str(ledger))
    lines = ledger.suffix.lower() in (".jsonl", ".ndjson")
    rows = (stored_in_json_lines if lines else stored_in_yaml)(stored, str(ledger)).rows
    against = stored_against(stored, str(ledger), lines)
    dates = stored_dates(stored, str(ledger), lines)
    result = added(text, str(scenario), rows, against, row or (), dates, cite)
    if result.claims and not dry_run:
        if scenario.read_bytes() != raw:
            raise InputError([Problem(str(scenario), "it changed meanwhile", "Run it again.")])
        mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
        replace_file(scenario, mark + result.text.encode("utf-8"))
    done = "would be added" if dry_run else "added"
    typer.echo(f"{scenario}: {counted(len(result.claims), 'claim')} {done}")
    for key, taken in result.claims.items():
        typer.echo(f"  {key}: row {taken}")
    for taken, key in result.there.items():
        typer.echo(f"  row {taken} is there already, as {key}")
    for taken, why in result.left.items():
        typer.echo(f"  row {taken} left out: {why}")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError([Problem(str(path), f"it cannot be read ({error.strerror})",
                                  "Give the path of a file.")]) from None
