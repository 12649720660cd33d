"""What made a run: the scenario's text and hash, seed, draws, versions, method, statuses, time.

Everything that may differ between two equal runs (the time, the machine) stands here and nowhere
else, so that `answers.json` stays the same bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from zopa.scenario.origin import digest
from zopa.scenario.schema import Scenario
from zopa.scenario.setting import Setting

PACKAGES = ("zopa", "jax", "jaxlib", "numpy", "scipy", "pydantic", "ruamel.yaml", "xarray",
            "h5netcdf", "altair", "vl-convert-python", "jinja2", "SALib")


def manifest(scenario: Scenario, *, draws: int, seed: int, believe: dict[str, bool],
             status: dict[str, Any], seconds: dict[str, float], command: str,
             heavy: int | None = None, history: dict[str, Any] | None = None,
             setting: Setting | None = None) -> dict[str, Any]:
    """The manifest of a run, before the hashes of its files are known.

    Args:
        scenario: as it was run.
        draws, seed: of the sample.
        believe: claims that were assumed.
        status: counts of the solves, as in the answers.
        seconds: stage -> wall-clock time.
        command: what was typed or called.
        heavy: draws of the questions that solve many times over.
        history: what the record did to the draws, as in the answers.
        setting: what differed from the scenario's own case; its held numbers stand in `scenario`.
    """
    return {
        "zopa": version_of("zopa"),
        "scenario": identity(scenario),
        "draws": draws,
        "seed": seed,
        "heavy": heavy,
        "believe": believe,
        "patch": setting.to_data() if setting is not None else {},
        "method": method(scenario),
        "status": status,
        "history": {key: (history or {}).get(key)
                    for key in ("effective_draws", "draws", "kept", "weighs")},
        "command": command,
        "written": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "seconds": {stage: round(time, 3) for stage, time in seconds.items()},
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "packages": {name: version_of(name) for name in PACKAGES},
        "files": {},
    } | ({"calibrations": calibrations(scenario)} if scenario.calibrations else {})


def calibrations(scenario: Scenario) -> dict[str, dict[str, Any]]:
    """Name -> what a calibration was fitted to, and the file and the hash of its draws."""
    from zopa.scenario.posteriors import posteriors

    found = {}
    for name, posterior in posteriors(scenario).items():
        source = posterior.source
        found[name] = {
            **scenario.calibrations[name].model_dump(), "kind": posterior.kind,
            "rows": len(posterior.draws), "columns": list(posterior.columns),
            "data": [{"name": file, "sha256": digest} for file, digest in source.files],
            "first": source.first.isoformat(), "last": source.last.isoformat(),
            "cases": source.cases, "model": source.model, "seed": source.seed,
            "zopa": source.version, "citation": source.citation, "licence": source.licence}
    return found


def identity(scenario: Scenario) -> dict[str, str]:
    """Name, title, date, hashes and text of a scenario.

    `sha256` is that of the text's bytes, `content_sha256` that of what the text says.  A scenario
    changed in Python is stored as it is, not as the file it once was.
    """
    name, text = text_of(scenario)
    origin = scenario.origin
    same = origin if origin is not None and origin.text == text else None
    return {
        "name": name, "title": scenario.title, "date": scenario.date.isoformat(),
        "sha256": same.sha256 if same else hashlib.sha256(text.encode()).hexdigest(),
        "content_sha256": digest(scenario), "text": text,
    }


def text_of(scenario: Scenario) -> tuple[str, str]:
    """Name and text of a scenario: the file's own where it still says the same."""
    origin = scenario.origin
    if origin is None:
        return "scenario", _dumped(scenario)
    return (origin.name, origin.text) if _says(origin.text, scenario) else (
        f"{origin.name}-changed", _dumped(scenario))


def scenario_of(stored: dict[str, Any]) -> Scenario:
    """The scenario that a manifest holds."""
    from zopa.scenario.document import compose

    identity = stored["scenario"]
    data = compose(identity["text"], f"{identity['name']}.yaml").data
    return Scenario.model_validate(data)


def method(scenario: Scenario) -> dict[str, Any]:
    """How it was solved, as far as the scenario sets it."""
    common = {"sampling": "Sobol sequence, scrambled; weighed by history where it is evidence",
              "frontier": ("concave hull of the packages" if scenario.frontier == "hull"
                           else "real packages alone"),
              "thresholds": scenario.thresholds.model_dump()}
    war = scenario.war
    if war is None:
        return {"solver": "none: an agreement space with given disagreement points", **common}
    return {
        "solver": "a side proposes at random, finite horizon, then a fight to the finish",
        "horizon": war.horizon, "outlook": war.outlook, "window": war.window,
        "period": scenario.period, **common}


def hashes(directory: Path, names: tuple[str, ...]) -> dict[str, str]:
    """File name -> SHA-256 of its bytes."""
    return {name: hashlib.sha256((directory / name).read_bytes()).hexdigest() for name in names}


def version_of(package: str) -> str:
    """The installed version of a package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _dumped(scenario: Scenario) -> str:
    return scenario.model_dump_json(indent=1, exclude_none=True) + "\n"


def _says(text: str, scenario: Scenario) -> bool:
    """Whether a text holds this very scenario."""
    from zopa.scenario.document import compose

    return digest(Scenario.model_validate(compose(text, "scenario.yaml").data)) == digest(scenario)
