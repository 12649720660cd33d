"""A run: from a scenario to a result that can be read, analysed and written.

    scenario -> draws -> study -> answers -> files
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zopa.core.errors import ArgumentError
from zopa.report import write
from zopa.report.bibliography import to_bibtex
from zopa.report.manifest import hashes, manifest
from zopa.report.serialise import plain, to_json
from zopa.report.view import View
from zopa.scenario.schema import Scenario
from zopa.scenario.setting import Setting

if TYPE_CHECKING:
    import xarray

    from zopa.questions.study import Study

Progress = Callable[[int, int], None]
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, eq=False)
class Result:
    """What a run found.

    Attributes:
        scenario: as it was run.
        answers: the content of `answers.json`: plain data, None for what is not a number.
        manifest: the content of `manifest.json`, before the hashes of the files.
        study: the solved ensembles behind the answers.
    """

    scenario: Scenario
    answers: dict[str, Any]
    manifest: dict[str, Any]
    study: Study = field(repr=False)

    @property
    def view(self) -> View:
        """The result as page and charts read it."""
        return View(self.scenario, self.answers, self.manifest)

    @cached_property
    def dataset(self) -> xarray.Dataset:
        """Every draw: inputs, solved values, answers, weights."""
        from zopa.report.dataset import dataset

        return dataset(self.study)

    def write(self, directory: str | Path) -> Path:
        """Write report, answers, draws, manifest and sources: all of them, or nothing.

        Args:
            directory: new, empty, or holding an earlier run, which is replaced.

        Returns:
            The directory.

        Raises:
            WriteError: it holds something else, or cannot be written to.
        """
        from zopa.report.dataset import write as write_dataset
        from zopa.report.page import render

        def with_hashes(path: Path) -> None:
            named = tuple(name for name in write.FILES if name != write.MANIFEST)
            whole = self.manifest | {"files": hashes(path.parent, named)}
            write.text_writer(to_json(whole))(path)

        return write.write_files(directory, {
            "answers.json": write.text_writer(to_json(self.answers)),
            "sources.bib": write.text_writer(to_bibtex(self.scenario)),
            "draws.nc": lambda path: write_dataset(self.dataset, path),
            "report.html": lambda path: write.text_writer(render(self.view))(path),
            write.MANIFEST: with_hashes})


def run(scenario: Scenario, draws: int = 1024, seed: int = 0,
        believe: Mapping[str, bool] | Iterable[str] | None = None,
        progress: Progress | None = None, command: str | None = None, heavy: int = 256,
        tell: Tell | None = None, setting: Setting | None = None) -> Result:
    """Answer every question about a scenario.

    Args:
        scenario: from `zopa.load`.
        draws: how many joint samples of the uncertain numbers, a power of two.
        seed: of the samples; the same seed gives the same answers.
        believe: claims taken as true or false: `{claim: True}`, or texts `CLAIM=true`.
        progress: called with (draws solved, draws in all).
        command: what made the run, for the manifest; made up from the arguments by default.
        heavy: how many of the draws the questions use that solve many times over (obstacles,
            levers; pairs of levers half as many, the design of the hinges a quarter as its base).
        tell: called with (what, done, total) in those questions; total 0 where it is not known.
        setting: what differs from the scenario: numbers held, levers on, claims believed.

    Raises:
        ArgumentError: a wrong argument, named.
        InputError: a setting that the scenario cannot take.
    """
    from zopa.draws.thin import check_heavy
    from zopa.questions.answers import answer_all
    from zopa.questions.history import observed
    from zopa.questions.setting import after_history, held

    check_heavy(heavy)
    beliefs = assumed(scenario, believe)
    chosen = believed(setting or Setting(), beliefs)
    scenario = held(scenario, chosen)
    started = time.perf_counter()
    weighed = observed(scenario, draws, seed, progress)
    sampled = time.perf_counter()
    study = after_history(weighed, chosen, heavy, tell)
    answers: dict[str, Any] = plain(answer_all(study))
    seconds = {"sampling": sampled - started, "answers": time.perf_counter() - sampled}
    made_by = command or (f"zopa.run(scenario, draws={draws}, seed={seed}, believe={beliefs}, "
                          f"heavy={heavy}{f', setting={chosen}' if setting else ''})")
    return Result(scenario, answers, manifest(
        scenario, draws=draws, seed=seed, believe=dict(chosen.claims), setting=chosen,
        status=answers.get("status", {}),
        seconds=seconds, command=made_by, heavy=heavy,
        history=answers.get("history")), study)


def believed(setting: Setting, beliefs: Mapping[str, bool]) -> Setting:
    """A setting with claims believed beside its own.

    Raises:
        ArgumentError: a claim is believed in both.
    """
    for claim, true in beliefs.items():
        if claim in dict(setting.claims):
            raise ArgumentError(f"claim '{claim}' is believed in the patch as well. Give it once.")
        setting = setting.with_claim(claim, true)
    return setting


def assumed(scenario: Scenario, believe: Mapping[str, bool] | Iterable[str] | None
            ) -> dict[str, bool]:
    """Claims that are taken as true or false, by name; checked before anything is solved.

    Raises:
        ArgumentError: a text that is not `CLAIM=true` or `CLAIM=false`, a claim that is not in the
            scenario, or one given twice.
    """
    from zopa.questions.believe import parse
    from zopa.scenario.patch import did_you_mean

    if believe is None:
        return {}
    pairs = list(believe.items()) if isinstance(believe, Mapping) else [parse(t) for t in believe]
    for claim, _ in pairs:
        if claim not in scenario.claims:
            raise ArgumentError(f"there is no claim '{claim}' in this scenario."
                                f"{did_you_mean(claim, list(scenario.claims))}")
        if [name for name, _ in pairs].count(claim) > 1:
            raise ArgumentError(f"claim '{claim}' is believed twice. Give it once.")
    return dict(pairs)


def command_line() -> str:
    """What was typed, without the folder of the program."""
    return " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])
