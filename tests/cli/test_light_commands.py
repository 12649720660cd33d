"""The other light commands, the list of commands, and what they load."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.calling import Called, call
from tests.scenario.made import made
from zopa.cli.main import COMMANDS
from zopa.scenario.source import examples
from zopa.scenario.template import template_text

Call = Callable[..., Called]
HEAVY = ("jax", "jaxlib", "altair", "xarray", "pandas", "h5netcdf", "scipy", "rich")


@pytest.fixture
def zopa(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    return lambda *arguments: call(capsys, monkeypatch, *arguments)


def test_help_lists_every_command(zopa: Call) -> None:
    called = zopa("--help")
    assert called.code == 0
    for name, entry in COMMANDS.items():
        assert f"  {name} " in called.out and entry.line in called.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, zopa: Call) -> None:
    called = zopa(name, "--help")
    assert called.code == 0 and called.err == ""
    assert called.out.startswith(f"Usage: zopa {name} ")
    assert len(called.out.splitlines()) > 5


def test_a_command_that_does_not_exist(zopa: Call) -> None:
    called = zopa("chekc")
    assert called.code == 2 and "No such command 'chekc'" in called.err


def test_an_argument_that_is_missing(zopa: Call) -> None:
    called = zopa("check")
    assert called.code == 2 and "Missing argument" in called.err


def test_version(zopa: Call) -> None:
    called = zopa("--version")
    assert called.code == 0 and called.out.startswith("zopa ")


def test_new_writes_a_template_that_passes_and_never_overwrites(zopa: Call,
                                                                tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    assert zopa("new", str(path)).code == 0
    assert path.read_text(encoding="utf-8") == template_text()
    assert zopa("check", str(path)).code == 0
    path.write_text("mine")
    called = zopa("new", str(path))
    assert called.code == 2 and "something already" in called.err
    assert path.read_text() == "mine"


def test_new_like_an_example(zopa: Call, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    assert zopa("new", str(path), "--like", "template-civil-war").code == 0
    assert zopa("check", str(path), "--strict").code == 0
    called = zopa("new", str(tmp_path / "other.yaml"), "--like", "nowhere")
    assert called.code == 2 and "template-civil-war" in called.err


def test_examples(zopa: Call) -> None:
    called = zopa("examples")
    assert called.code == 0
    assert [line.split()[0] for line in called.out.splitlines()] == sorted(examples())
    name = sorted(examples())[0]
    assert zopa("examples", name).out == examples()[name].read_text(encoding="utf-8")
    called = zopa("examples", "nowhere")
    assert called.code == 2 and name in called.err


def test_schema_is_a_json_schema_that_the_template_fits(zopa: Call) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    called = zopa("schema")
    schema = json.loads(called.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(made().model_dump_json(exclude_defaults=True))
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(data)) == []
    assert schema["properties"]["title"]["type"] == "string"
    data["titel"] = data.pop("title")
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(data))


@pytest.mark.parametrize("command", ["check", "new"])
def test_nothing_heavy_is_loaded(command: str, tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    if command == "check":
        path.write_text(template_text(), encoding="utf-8")
    program = (
        "import sys\nfrom zopa.cli.main import run\n"
        f"sys.argv = ['zopa', {command!r}, {str(path)!r}]\n"
        "try:\n    run()\nexcept SystemExit as stop:\n    assert not stop.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True,
                          timeout=120, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_an_interrupted_command(monkeypatch: pytest.MonkeyPatch, zopa: Call) -> None:
    def interrupt(path: str, like: str | None) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("zopa.scenario.template.write_template", interrupt)
    called = zopa("new", "anything.yaml")
    assert called.code == 130
    assert "Traceback" not in called.err
