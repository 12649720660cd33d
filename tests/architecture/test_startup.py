"""The light commands, and importing the package, load nothing heavy (in a process of their own)."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = ["jax", "jaxlib", "altair", "vl_convert", "xarray", "pandas", "h5netcdf", "h5py", "scipy",
         "SALib", "matplotlib", "docx", "pptx", "openpyxl", "spacy", "nicegui", "fastapi",
         "uvicorn"]

PROGRAM = """
import json, sys
arguments, heavy = json.loads(sys.argv[1])
code = 0
import zopa
if arguments is not None:
    from zopa.cli.main import run
    sys.argv = ["zopa", *arguments]
    try:
        run()
    except SystemExit as stop:
        code = stop.code or 0
loaded = [name for name in heavy if name in sys.modules]
sys.stderr.write("\\n" + json.dumps([code, loaded]))
"""


@pytest.mark.parametrize(
    "arguments",
    [None, ["--help"], ["run", "--help"], ["schema"], ["examples"], ["check", "ukraine-2025"]],
    ids=lambda arguments: "import" if arguments is None else " ".join(arguments),
)
def test_nothing_heavy_is_loaded(arguments: list[str] | None) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps([arguments, HEAVY])],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    code, loaded = json.loads(done.stderr.splitlines()[-1])
    assert code == 0, done.stderr
    assert loaded == []
