"""`zopa zone`: the zone, the frontier and fair points of a table or another tool's files."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from zopa.core.errors import ArgumentError

SOON = 1.0
"""Seconds of work of which nothing is said."""


def command(
    files: Annotated[list[Path], typer.Argument(
        help="A table (CSV or XLSX), a Genius domain followed by its profiles, GeniusWeb JSON, a "
        "provisions list, a scenario file, or the name of an example.")],
    reserve: Annotated[list[str] | None, typer.Option(
        metavar="PARTY=VALUE", help="The least that a party accepts, in its own utility, in the "
        "place of what the files say; -inf for none. May be given several times.")] = None,
    disagreement: Annotated[list[str] | None, typer.Option(
        metavar="PARTY=VALUE", help="What a party gets without an agreement, which fair points "
        "start from. May be given several times.")] = None,
    begin: Annotated[list[str] | None, typer.Option(
        "--from", metavar="ISSUE=OPTION,...", help="The package that the single text starts from; "
        "issues not named are free. [default: near no agreement]", show_default=False)] = None,
    threshold: Annotated[list[str] | None, typer.Option(
        metavar="PARTY=VALUE", help="Of a provisions list: the least mean satisfaction that a "
        "party accepts. May be given several times.")] = None,
    exclude: Annotated[list[str] | None, typer.Option(
        metavar="ITEM,ITEM,...", help="Of a provisions list: provisions of which a draft holds one "
        "at most. May be given several times.")] = None,
    budget: Annotated[int | None, typer.Option(
        min=1, help="Packages or sums that the search for efficient packages may look at. "
        "[default: 20 million]", show_default=False)] = None,
    out: Annotated[Path | None, typer.Option(
        help="Write zone.html and answers.json to this directory: new, empty, or of an earlier "
        "call, whose files are replaced.")] = None,
    as_data: Annotated[bool, typer.Option(
        "--json", help="Print the answer as JSON; the same files give the same bytes.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress.")] = False,
) -> None:
    """Say which agreements every party accepts, which are efficient, and which are fair.

    No war is needed: issues, their options, and what each party makes of them. It also improves one
    text step by step, so that nobody loses. Nothing leaves your machine.
    """
    from zopa.cli.progress import metered
    from zopa.exchange.answer import answer
    from zopa.exchange.answer_read import read_asked
    from zopa.exchange.provisions_answer import exclusions_of
    from zopa.report.serialise import to_json
    from zopa.report.space_page import view_of
    from zopa.report.space_write import ours, write
    from zopa.report.write import check_target
    from zopa.spaces.frontier import BUDGET

    least = values(reserve or (), "--reserve")
    without = values(disagreement or (), "--disagreement")
    means, groups = values(threshold or (), "--threshold"), exclusions_of(exclude or ())
    if out is not None:
        check_target(out, ours)
    with metered(quiet or (as_data and not sys.stderr.isatty())) as meter:
        answered = answer(read_asked(files, means, groups), least, without, begin or (),
                          BUDGET if budget is None else budget, patient(meter.work))
        view = view_of(answered)
        if out is not None:
            meter.stage("Writing the page")
            written = write(view, out)
    if as_data:
        typer.echo(to_json(view.data), nl=False)
        return
    from zopa.report.space_terminal import show

    show(view)
    if out is not None:
        typer.echo(f"The page is {written / 'zone.html'}: open it in a browser.")


def patient(work: Callable[[str, int, int], None]) -> Callable[[str, int, int], None]:
    """The same meter, silent about what is over in a moment."""
    began: dict[str, float] = {}

    def told(what: str, done: int, total: int) -> None:
        if time.monotonic() - began.setdefault(what, time.monotonic()) > SOON:
            work(what, done, total)

    return told


def values(texts: Sequence[str], option: str) -> dict[str, float]:
    """Party -> number, from `PARTY=VALUE`.

    Raises:
        ArgumentError: not of that form, not a number, or a party named twice.
    """
    found: dict[str, float] = {}
    for text in texts:
        party, equals, number = text.rpartition("=")
        try:
            value = float(number)
        except ValueError:
            value = math.nan
        if not equals or not party.strip() or math.isnan(value):
            raise ArgumentError(f"{option} '{text}' must be PARTY=VALUE, e.g. Panama=40.")
        if party.strip() in found:
            raise ArgumentError(f"{option} names '{party.strip()}' twice. Give it once.")
        found[party.strip()] = value
    return found
