"""What the commands share: how errors are said, how JSON is written."""

from __future__ import annotations

import json
import sys
from typing import Any

from zopa.core.errors import Problem, ZopaError

BAD_INPUT = 2
INTERRUPTED = 130


def complain(error: ZopaError) -> None:
    """Write an error's lines to standard error."""
    sys.stderr.write(f"{error}\n")


def write_json(data: Any) -> None:
    """Write data to standard output as indented JSON, keys in the order given."""
    sys.stdout.write(json.dumps(data, indent=2, ensure_ascii=False) + "\n")


def as_json(problem: Problem) -> dict[str, str]:
    """A problem as plain data."""
    return {"where": problem.where, "what": problem.what, "mend": problem.mend}


def counted(number: int, word: str) -> str:
    """A count with its word: `no errors`, `1 warning`, `3 warnings`."""
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"
