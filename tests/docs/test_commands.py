"""Every command says what it does, and so does every option and argument of it."""

from __future__ import annotations

import pytest
import typer

from zopa.cli.main import COMMANDS, app


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_documented(name: str) -> None:
    group = typer.main.get_command(app)
    whole = group.get_command(None, name)
    for command in (whole, *getattr(whole, "commands", {}).values()):
        assert command.help, f"zopa {name} {command.name} has no help"
        for parameter in command.params:
            assert getattr(parameter, "help", None), f"zopa {name}: {parameter.name} has no help"
    assert COMMANDS[name].line.endswith(".")
