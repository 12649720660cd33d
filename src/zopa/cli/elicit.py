"""`zopa elicit`: an interview that writes down preferences as people know them."""

from __future__ import annotations

import os
import secrets
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zopa.cli.common import INTERRUPTED

if TYPE_CHECKING:
    from zopa.exchange.elicit_ask import State


def command(
    out: Annotated[Path, typer.Argument(
        help="The YAML file to write; one that is there goes on where it stopped.")],
    source: Annotated[Path | None, typer.Option(
        "--from", help="Take issues, options and parties from this file: a table, a Genius or "
        "GeniusWeb domain, a scenario, or the name of an example.")] = None,
    expert: Annotated[list[str] | None, typer.Option(
        help="Somebody to ask as well; each expert's answers are kept apart. May be given several "
        "times.")] = None,
) -> None:
    """Ask what the parties want, in orders and ranges, and keep every expert's answers apart.

    Every question about a party can be answered with ? (don't know). The file is written after
    every answer: ctrl-D or ctrl-C stops, and the same command goes on later. `zopa zone` reads it.
    Nothing leaves your machine.
    """
    from zopa.exchange.elicit_ask import Unclear, add_experts, answered, next_question

    state = _begun(out, source)
    if expert:
        add_experts(state, expert)
    typer.echo("? means: don't know. Answers are kept in "
               f"{out} after each; ctrl-D stops, and the same command goes on.")
    try:
        while (question := next_question(state)) is not None:
            typer.echo(f"\n{question.text}\n  ({question.form})")
            said = input("> ")
            if not said.strip():
                continue
            try:
                answered(state, question, said)
            except Unclear as unclear:
                typer.echo(f"  {unclear}")
                continue
            _save(out, state)
    except (EOFError, KeyboardInterrupt) as stopped:
        _save(out, state)
        typer.echo(f"\nStopped. What was answered is in {out}; the same command goes on.")
        if isinstance(stopped, KeyboardInterrupt):
            raise typer.Exit(INTERRUPTED) from None
        return
    _save(out, state)
    typer.echo(f"\nEverything is answered. zopa zone {out} says what follows; --expert NAME asks "
               "somebody else.")


def _begun(out: Path, source: Path | None) -> State:
    """The interview so far, or a new one."""
    from zopa.core.errors import ArgumentError, InputError, Problem
    from zopa.exchange.elicit_ask import begin
    from zopa.exchange.elicited import looks_like
    from zopa.scenario.document import compose
    from zopa.scenario.source import read as text_of

    if out.exists():
        if source is not None:
            raise ArgumentError(f"{out} is there already: it goes on without --from.")
        text = text_of(out).text
        data: Any = compose(text, str(out)).data
        if not looks_like(text) or not isinstance(data, dict):
            raise InputError([Problem(str(out), "it is not a file of elicited preferences",
                                      "Give a new file.")])
        return data
    if source is None:
        return begin()
    from zopa.exchange.read import read

    domain = read([source]).domain
    return begin(domain.title or source.stem,
                 {issue: names for issue, names
                  in zip(domain.issues, domain.options, strict=True)}, domain.parties)


def _save(out: Path, state: State) -> None:
    """The file as a whole or not at all; readable by its owner alone."""
    from ruamel.yaml import YAML

    from zopa.core.errors import ArgumentError

    writer = YAML()
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.width = 98
    text = StringIO()
    writer.dump(state, text)
    beside = out.parent / f".{out.name}.{secrets.token_hex(6)}"
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w",
                  encoding="utf-8", newline="\n") as file:
            file.write(text.getvalue())
        beside.replace(out)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise ArgumentError(f"{out}: it cannot be written ({error.strerror}). Give another "
                            "file.") from None
