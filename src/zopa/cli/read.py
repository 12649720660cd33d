"""`zopa read`: from reports to a ledger of claims."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zopa.cli.common import counted

if TYPE_CHECKING:
    from zopa.reading.actors import Actors
    from zopa.reading.inputs import Inputs
    from zopa.reading.merge import Merged
    from zopa.reading.row import Row


def command(
    reports: Annotated[list[str], typer.Argument(
        metavar="FILE...", help="Text, Markdown, HTML or PDF; a folder of them; `-` is standard "
        "input.")],
    out: Annotated[Path | None, typer.Option(
        "--out", help="Write the ledger here: .yaml, or .jsonl for JSON Lines. One that is there "
        "keeps its decisions and corrections.")] = None,
    page: Annotated[Path | None, typer.Option(
        "--page", help="Write the texts with their claims marked, and the rows beside, as one HTML "
        "file.")] = None,
    actors: Annotated[Path | None, typer.Option(
        "--actors", help="Your own gazetteer in YAML, on top of the shipped one.")] = None,
    scenario: Annotated[str | None, typer.Option(
        "--scenario", help="A scenario whose parties and aliases name the actors.")] = None,
    against: Annotated[str | None, typer.Option(
        "--against", help="A scenario to compare with: which of its claims the rows make, which "
        "tests they suggest, what is missed.")] = None,
    date: Annotated[list[str] | None, typer.Option(
        "--date", metavar="FILE=YYYY-MM-DD", help="The date of a report, over that in its front "
        "matter or name; once a report.")] = None,
) -> None:
    """Read reports into a ledger of claims: who says what, on what standing.

    Each row points back to its characters in the text. It never says whether a claim is true, and
    a person confirms what matters. Without --out and --page the ledger is printed as YAML.
    """
    from dataclasses import replace

    from zopa.reading.actors import shipped
    from zopa.reading.dates import dates_of, given
    from zopa.reading.inputs import read_inputs
    from zopa.reading.ledger import to_yaml
    from zopa.reading.merge import Merged, merge
    from zopa.reading.read import read_text
    from zopa.report.ledger_page import render
    from zopa.report.ledger_write import check_page, ledger_before, replace_file, write_ledger

    known = shipped()
    if named := scenario or against:
        from zopa.scenario.load import load

        known = known.with_scenario(load(named))
    if actors is not None:
        known = known.with_file(actors)
    before = ledger_before(out) if out is not None else None
    if page is not None:
        check_page(page, out)
    inputs = read_inputs(reports)
    _tell(inputs)
    rows: list[Row] = []
    documents = []
    for document in inputs.documents:
        ledger = read_text(document.text, known, document.name)
        rows.extend(ledger.rows)
        documents.append(replace(document, text=ledger.text))
    merged = Merged(tuple(rows))
    texts = {document.name: document.text for document in documents}
    if before is not None:
        merged = merge(rows, before.stored.rows, before.stored.lost, texts)
    dates = dates_of(inputs.documents, given(date or ()))
    beside, lines = _beside(merged, texts, dates, known, against, out)
    if before is not None:
        write_ledger(before, merged, beside)
        typer.echo("\n".join([f"{out}: {_summary(merged)}", *lines]))
    if page is not None:
        html = render(documents, merged.rows, merged.lost, merged.matches, inputs.skipped)
        replace_file(page, html.encode("utf-8"))
        typer.echo(f"{page} is written.")
    if out is None and page is None:
        sys.stdout.write(to_yaml(merged.rows, beside=beside))


def _beside(merged: Merged, texts: dict[str, str], dates: dict[str, dt.date | None], known: Actors,
            against: str | None, out: Path | None) -> tuple[dict[str, Any], list[str]]:
    """The parts of the ledger beside its rows, and what the terminal says of them."""
    from zopa.reading import sections
    from zopa.reading.against import beside
    from zopa.reading.courses import compare
    from zopa.scenario.load import load

    parts: dict[str, Any] = {}
    lines: list[str] = []
    if len(texts) > 1:
        several = compare(merged.rows, dates, known.learned("\n\n".join(texts.values())))
        parts.update(sections.plain(several))
        lines.extend(sections.several_lines(several))
    if any(dates.values()):
        parts["dates"] = {name: day and day.isoformat() for name, day in dates.items()}
    before = sections.against_before(out, {match.before: match.after for match in merged.matches})
    if against is not None:
        before = beside(merged.rows, load(against), against, texts, known, before)
        lines.extend(sections.against_lines(before))
    if before is not None:
        parts["against"] = sections.plain(before)
    return parts, lines


def _tell(inputs: Inputs) -> None:
    """What a reader should know of the files, on standard error."""
    for line in inputs.skipped:
        typer.echo(f"skipped: {line}", err=True)
    for document in inputs.documents:
        for note in document.notes:
            typer.echo(f"note: {document.name}: {note}", err=True)


def _summary(merged: Merged) -> str:
    """The counts of a ledger, and how its decisions came through."""
    review = sum(bool(row.needs_review) for row in merged.rows)
    text = f"{counted(len(merged.rows), 'row')}, {review} marked for review"
    if merged.matches:
        text += f"; {counted(len(merged.matches), 'reviewed row')} kept"
        moved = sum(not match.how.startswith("same id") for match in merged.matches)
        text += f", {moved} of them by their words" if moved else ""
    if merged.lost:
        text += f"; {len(merged.lost)} no longer in the texts, kept under `lost`"
    return text
