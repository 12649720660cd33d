"""The command `zopa`: its commands are listed here and loaded when they are called.

Each module of this folder holds one function `command` with Typer's annotations and a docstring
that is its help; one with subcommands holds their group, `app`.  Errors of the domain are lines on
standard error with exit code 2; an interrupted command ends with 130.  Nothing heavy is imported
before the command that needs it.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from zopa.cli.common import BAD_INPUT, INTERRUPTED, complain
from zopa.core.errors import ZopaError


@dataclass(frozen=True)
class Entry:
    """One command: its module and its line in the list of commands."""

    module: str
    line: str


COMMANDS: dict[str, Entry] = {
    "run": Entry("zopa.cli.run", "Answer every question and write the report."),
    "serve": Entry("zopa.cli.serve", "Open a page on which levers and inputs move."),
    "ask": Entry("zopa.cli.ask", "Answer one question."),
    "zone": Entry("zopa.cli.zone", "Find zone, frontier and fair points of a table of issues."),
    "elicit": Entry("zopa.cli.elicit", "Ask what the parties want, and write it down."),
    "check": Entry("zopa.cli.check", "Say what is wrong with a scenario, where, and the mend."),
    "new": Entry("zopa.cli.new", "Write a commented template to start from."),
    "examples": Entry("zopa.cli.examples", "List the shipped scenarios, or print one."),
    "schema": Entry("zopa.cli.schema", "Print the JSON Schema of scenarios, for editors."),
    "import": Entry("zopa.cli.import_", "Write a scenario from files of other tools."),
    "export": Entry("zopa.cli.export", "Write issues and utilities as files of other tools."),
    "figure": Entry("zopa.cli.figure", "Draw one chart of a run as SVG or PNG, or its data."),
    "redact": Entry("zopa.cli.redact", "Copy a run without the private numbers in it."),
    "compare": Entry("zopa.cli.compare", "Say what differs between two runs."),
    "brief": Entry("zopa.cli.brief", "Write two pages or five slides about a run."),
    "read": Entry("zopa.cli.read", "Read reports into a ledger of claims: who says what."),
    "claims": Entry("zopa.cli.claims", "Add decided rows of a ledger to a scenario's claims."),
    "cite": Entry("zopa.cli.cite", "Print the references of a run."),
    "calibrate": Entry("zopa.cli.calibrate", "Fit parts of a scenario to data."),
    "hindcast": Entry("zopa.cli.hindcast", "Score forecasts of a series on what happened next."),
}


class LazyCommands(TyperGroup):
    """A group that knows its commands by name and imports the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(COMMANDS[cmd_name].module)
        if hasattr(module, "app"):
            return typer.main.get_command(module.app)
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(cmd_name)(module.command)
        return typer.main.get_command(app)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.line) for name, entry in COMMANDS.items()])


app = typer.Typer(
    cls=LazyCommands, add_completion=False, no_args_is_help=True, rich_markup_mode=None,
    pretty_exceptions_enable=False)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"zopa {version('zopa')}")
        raise typer.Exit()


@app.callback()
def root(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version."),
) -> None:
    """Is there a deal that every side of an armed conflict prefers to fighting on?

    A scenario is a YAML file, or the name of a shipped one: zopa examples.
    """


def run() -> None:
    """Entry point of the console script: errors of the domain become lines and exit code 2."""
    try:
        app(prog_name="zopa")
    except ZopaError as error:
        complain(error)
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # whoever reads our output has stopped: not a fault; keep Python from flushing into it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
