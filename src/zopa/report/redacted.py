"""A copy of a run without the private numbers that were laid over its scenario.

1. The scenario is the shared one again; a private number's place says that it is left out.
2. The answers are cleaned (`zopa.exchange.redact`), and the page is made anew from them.
3. Of the draws those of public inputs stay: every solved value of a draw is a function of all its
   inputs, from which one that is missing could be solved for.
4. The manifest names the paths; hashes of the text with private numbers in it are left out, as
   they could be compared with those of guesses.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zopa.exchange import redact
from zopa.report import write
from zopa.report.bibliography import to_bibtex
from zopa.report.manifest import hashes, scenario_of
from zopa.report.serialise import to_json
from zopa.report.stored import read_run
from zopa.report.view import View
from zopa.report.write import WriteError
from zopa.scenario.inputs import inputs
from zopa.scenario.number import Judgement
from zopa.scenario.patch import replace_at
from zopa.scenario.schema import Scenario

if TYPE_CHECKING:
    import xarray

STAND_IN = ("Private: the run used another value, which is left out of this copy. What stands here "
            "is the placeholder of the shared scenario.")
KEPT = ("zopa", "draws", "seed", "heavy", "believe", "method", "written", "python", "machine",
        "packages")


def write_redacted(run: str | Path, out: str | Path) -> Path:
    """Write the copy; the run itself is not touched.

    Args:
        run: directory of a run with a private overlay.
        out: directory of the copy: new, empty, or of an earlier one.

    Returns:
        The directory.

    Raises:
        WriteError: not a run, a run without a private overlay, or a directory that cannot be
            written to.
    """
    if Path(run).expanduser().resolve() == write.check_target(out):
        raise WriteError(f"{out}: it is the run itself. Give another directory.")
    view = read_run(run)
    overlays, shared_text = _private(run, view.manifest)
    paths = frozenset(path for overlay in overlays for path in overlay["paths"])
    gone = redact.together(view.scenario, paths)
    shared = scenario_of({"scenario": shared_text})
    answers = redact.redacted(view.answers, view.scenario, paths)
    manifest = _manifest(view.manifest, shared_text, answers, gone)
    shown = View(_marked(shared, paths), answers, manifest)

    def page(path: Path) -> None:
        from zopa.report.page import render

        write.text_writer(render(shown))(path)

    def draws(path: Path) -> None:
        from zopa.report.dataset import write as write_dataset

        write_dataset(_public(Path(run).expanduser() / "draws.nc", gone), path)

    def with_hashes(path: Path) -> None:
        named = tuple(name for name in write.FILES if name != write.MANIFEST)
        write.text_writer(to_json(manifest | {"files": hashes(path.parent, named)}))(path)

    return write.write_files(out, {
        "answers.json": write.text_writer(to_json(answers)),
        "sources.bib": write.text_writer(to_bibtex(shared)),
        "draws.nc": draws,
        "report.html": page,
        write.MANIFEST: with_hashes})


def _private(run: str | Path, manifest: Mapping[str, Any]) -> tuple[list[Any], dict[str, str]]:
    """What the manifest says of overlays, and the shared scenario."""
    if manifest.get("redacted"):
        raise WriteError(f"{run}: it is redacted already.")
    told = manifest.get("private")
    if not isinstance(told, dict) or not told.get("overlays"):
        raise WriteError(f"{run}: it was made without a private overlay; there is nothing to "
                         "leave out. `zopa run --private OVERLAY` makes one with.")
    return list(told["overlays"]), dict(told["shared"])


def _manifest(manifest: Mapping[str, Any], shared: dict[str, str], answers: Mapping[str, Any],
              gone: frozenset[str]) -> dict[str, Any]:
    """The manifest with the shared scenario, and nothing computed but what the answers say."""
    history = dict.fromkeys(manifest.get("history") or {})
    return {
        **{key: manifest.get(key) for key in KEPT},
        "scenario": shared,
        "status": answers.get("status"),
        "history": history,
        "command": "zopa redact",
        "seconds": {},
        "private": {"overlays": manifest["private"]["overlays"]},
        "redacted": {"left_out": sorted(gone), "digits": redact.DIGITS, "leaks": redact.LEAKS},
        "files": {},
    } | {key: manifest[key] for key in ("calibrations",) if key in manifest}


def _marked(scenario: Scenario, paths: frozenset[str]) -> Scenario:
    """The shared scenario, with a word at the places of private numbers."""
    numbers = inputs(scenario)
    for path in sorted(paths):
        placeholder = numbers[path].model_copy(update={"source": Judgement(judgement=STAND_IN)})
        scenario = replace_at(scenario, path, placeholder)
    return scenario


def _public(path: Path, gone: frozenset[str]) -> xarray.Dataset:
    """The draws of inputs that tell of nothing private; no solved value."""
    import xarray as xr

    with xr.open_dataset(path, engine="h5netcdf") as whole:
        attrs = dict(whole.attrs)
        if "input_value" not in whole:
            return xr.Dataset(attrs=attrs)
        names = [str(name) for name in whole["input"].values]
        kept = [n for n, name in enumerate(names) if name not in gone]
        public = whole[["input_value"]].isel(input=kept).load()
    public.attrs = attrs
    for variable in public.variables.values():
        variable.encoding = {}
    return public
