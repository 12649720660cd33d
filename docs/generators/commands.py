"""`docs/reference/cli.md`: every command, from its own `--help`."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache

import typer

from zopa.cli.main import COMMANDS, app

HEAD = """# The command line

<!-- Generated from `zopa --help` by `make docs`; edit the commands instead. -->

Every command, as its own `--help` prints it. Exit codes: 0 it was done; 2 the input or the call is
wrong, and the message says where, what and how to mend it; 130 it was interrupted.
"""

PROGRAM = "import sys; from zopa.cli.main import run; sys.argv[0] = 'zopa'; run()"


@cache
def help_of(*command: str) -> str:
    """What `zopa COMMAND --help` prints, at a fixed width and without colours."""
    plain = {"COLUMNS": "98", "TERMINAL_WIDTH": "98", "TERM": "dumb", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *command, "--help"],
        capture_output=True, text=True, check=True, env={**os.environ, **plain},
    )  # fmt: skip
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines())


def subcommands(name: str) -> tuple[str, ...]:
    """The subcommands of a command, none for most."""
    command = typer.main.get_command(app).get_command(None, name)
    return tuple(getattr(command, "commands", ()))


def page() -> str:
    """The whole page."""
    sections = [f"## zopa\n\n```text\n{help_of()}\n```\n"]
    for name in COMMANDS:
        for words in ((name,), *((name, under) for under in subcommands(name))):
            sections.append(f"## zopa {' '.join(words)}\n\n```text\n{help_of(*words)}\n```\n")
    return "\n".join([HEAD, *sections])
