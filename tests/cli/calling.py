"""Calling the command line in this process: exit code, standard output, standard error."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from zopa.cli.main import run


@dataclass(frozen=True)
class Called:
    """What a call left: its exit code and what it printed."""

    code: int
    out: str
    err: str


def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
         *arguments: str) -> Called:
    """Run `zopa` with the arguments."""
    monkeypatch.setattr(sys, "argv", ["zopa", *arguments])
    capsys.readouterr()
    code = 0
    try:
        run()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    out, err = capsys.readouterr()
    return Called(code, out, err)
