"""What the documentation says to type works: see `pages` for which blocks are run."""

from __future__ import annotations

import doctest
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from docs.generators.commands import help_of, subcommands
from tests.docs.pages import PAGES, blocks, label
from zopa.cli.main import COMMANDS

WITH_BLOCKS = [page for page in PAGES if any(True for _ in blocks(page))]
RUNNABLE = [page for page in WITH_BLOCKS if any(block.run for block in blocks(page))]


def environment() -> dict[str, str]:
    """This environment, with the `zopa` of this interpreter first on the path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path, "COLUMNS": "98", "NO_COLOR": "1"}


@pytest.mark.parametrize("page", RUNNABLE, ids=label)
def test_marked_commands_run(page: Path, tmp_path: Path) -> None:
    for block in blocks(page):
        for number, command in enumerate(block.commands if block.run else [], start=1):
            done = subprocess.run(
                ["bash", "-c", command.text], cwd=tmp_path, env=environment(), timeout=120,
                text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
            last = number == len(block.commands)
            assert done.returncode == (block.code if last else 0), (command.text, done.stdout)
            for line in command.prints:
                assert line.strip() in done.stdout, (command.text, done.stdout)


@pytest.mark.parametrize("page", WITH_BLOCKS, ids=label)
def test_every_command_is_one_that_exists(page: Path) -> None:
    for block in blocks(page):
        if block.language not in ("console", "bash"):
            continue
        assert block.language != "console" or block.commands, f"no command in:\n{block.body}"
        texts = [c.text for c in block.commands] if block.commands else [block.body]
        for text in texts:
            subprocess.run(["bash", "-n", "-c", text], check=True)
            words = shlex.split(text.replace("\\\n", " "), comments=True)
            if words[0] != "zopa" or words[1].startswith("-"):
                continue
            assert words[1] in COMMANDS, text
            under = [words[2]] if len(words) > 2 and words[2] in subcommands(words[1]) else []
            known = help_of(words[1], *under)
            for word in words[2:]:
                if word.startswith("--"):
                    assert word.partition("=")[0] in known, f"{text}: {word}"


@pytest.mark.parametrize("page", WITH_BLOCKS, ids=label)
def test_python_blocks(page: Path) -> None:
    """The blocks with `>>>` are one doctest a page; the others must at least be Python."""
    bodies = [block.body for block in blocks(page) if block.language == "python"]
    for body in bodies:
        if ">>>" not in body:
            compile(body, label(page), "exec")
    session = "\n".join(body for body in bodies if ">>>" in body)
    test = doctest.DocTestParser().get_doctest(session, {}, label(page), None, 0)
    report: list[str] = []
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    result = doctest.DocTestRunner(optionflags=flags).run(test, out=report.append)
    assert (result.attempted > 0) == bool(session)
    assert result.failed == 0, "".join(report)


def test_some_blocks_are_run() -> None:
    assert RUNNABLE, "no page has a block that is run"
