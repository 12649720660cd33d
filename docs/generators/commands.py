"""`docs/reference/cli.md`: every command, from its own `--help`."""

from __future__ import annotations

import os
import subprocess
import sys

HEAD = """# The command line

<!-- Generated from `zopa --help` by `make docs`; edit the commands instead. -->

Every command, as its own `--help` prints it. Exit codes: 0 it was done, 1 it failed on the way,
2 the input or the call is wrong and the message says where, what and how to mend it.
"""

PROGRAM = "import sys; from zopa.cli.main import run; sys.argv[0] = 'zopa'; run()"


def help_of(*command: str) -> str:
    """What `zopa COMMAND --help` prints, at a fixed width and without colours."""
    plain = {"COLUMNS": "98", "TERMINAL_WIDTH": "98", "TERM": "dumb", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *command, "--help"],
        capture_output=True, text=True, check=True, env={**os.environ, **plain},
    )  # fmt: skip
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines())


def commands() -> list[str]:
    """The names that `zopa --help` lists under its commands, in its order."""
    lines = help_of().splitlines()
    start = lines.index("Commands:")
    indent = "  "
    return [
        line.split()[0]
        for line in lines[start + 1 :]
        if line.startswith(indent) and not line.startswith(indent + " ")
    ]


def page() -> str:
    """The whole page."""
    sections = [f"## zopa\n\n```text\n{help_of()}\n```\n"]
    sections += [f"## zopa {name}\n\n```text\n{help_of(name)}\n```\n" for name in commands()]
    return "\n".join([HEAD, *sections])
