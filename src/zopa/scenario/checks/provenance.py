"""Where numbers come from: sources that exist, known in time, reasons that are reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pydantic import BaseModel

from zopa.scenario.checks.finding import Finding, Findings, unknown
from zopa.scenario.inputs import inputs, written
from zopa.scenario.number import Calibrated, Cite, Judgement, Number
from zopa.scenario.schema import Scenario

SHARED = 3


def sources_exist(scenario: Scenario) -> Findings:
    """A citation names an entry of `sources`."""
    for path, source in cited(scenario):
        if source.cite is not None:
            yield from unknown(f"{path}.cite", "source", source.cite, scenario.sources)


def sourced(scenario: Scenario) -> Findings:
    """Every number that is written has a source."""
    for path, number in written(scenario).items():
        if number.source is None:
            yield Finding(path, f"{path} has no source",
                          "Add `source: {cite: KEY}` or `source: {judgement: why}`.", "warning")


def known_in_time(scenario: Scenario) -> Findings:
    """No input rests on what became known only after the scenario's date."""
    for path, source in cited(scenario):
        entry = scenario.sources.get(source.cite) if source.cite is not None else None
        if entry is not None and entry.known_since is not None and (
                entry.known_since > scenario.date):
            yield Finding(f"{path}.cite", f"{path} rests on '{source.cite}', known only since "
                          f"{entry.known_since}, after the scenario's date {scenario.date}",
                          "Use what was known then.", "warning")


def later_editions(scenario: Scenario) -> Findings:
    """A source of a later year says from when its values were public, or is later knowledge."""
    used = {source.cite for _, source in cited(scenario)}
    for key, entry in scenario.sources.items():
        if key in used and entry.known_since is None and entry.year > scenario.date.year:
            yield Finding(f"sources.{key}", f"sources.{key} is of {entry.year}, later than the "
                          f"scenario's date {scenario.date}",
                          "Say in `known_since` from when the values used were public.", "advice")


def states_in_time(scenario: Scenario) -> Findings:
    """History and offers are not later than the scenario; history stands in its order."""
    for index, state in enumerate(scenario.history):
        if state.date > scenario.date:
            yield Finding(f"history.{index}.date", f"history.{index}.date {state.date} is after "
                          f"the scenario's date {scenario.date}", "Remove it.")
        if index and state.date <= scenario.history[index - 1].date:
            yield Finding(f"history.{index}.date", f"history.{index}.date {state.date} is not "
                          "after the one before it", "Put the states in order, a date once.")
    for name, offer in scenario.offers.items():
        if offer.date > scenario.date:
            yield Finding(f"offers.{name}.date", f"offers.{name}.date {offer.date} is after the "
                          f"scenario's date {scenario.date}", "Remove it.")
    for name, claim in scenario.claims.items():
        if claim.date is not None and claim.date > scenario.date:
            yield Finding(f"claims.{name}.date", f"claims.{name}.date {claim.date} is after the "
                          f"scenario's date {scenario.date}", "Leave it out.", "warning")


def shared_reasons(scenario: Scenario) -> Findings:
    """One reason does not stand for more than three numbers."""
    places: dict[str, list[str]] = defaultdict(list)
    for path, number in inputs(scenario).items():
        if isinstance(number.source, Judgement):
            places[" ".join(number.source.judgement.lower().split())].append(path)
    for reason, paths in places.items():
        if len(paths) > SHARED:
            shown = reason if len(reason) <= 50 else f"{reason[:47]}..."
            yield Finding(paths[0], f"the reason '{shown}' stands for {len(paths)} numbers "
                          f"({', '.join(paths[:3])}, ...)",
                          f"Say for each why it is what it is; {SHARED} may share a reason.",
                          "warning")


def cited(scenario: Scenario) -> Iterator[tuple[str, Cite | Calibrated]]:
    """Path and citation of everything that cites: numbers, claims, states, offers."""
    yield from _cited(scenario, "")


def _cited(value: object, path: str) -> Iterator[tuple[str, Cite | Calibrated]]:
    if isinstance(value, Number):
        if isinstance(value.source, Cite | Calibrated):
            yield f"{path}.source", value.source
    elif isinstance(value, Cite | Calibrated):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _cited(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _cited(item, f"{path}.{key}")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _cited(item, f"{path}.{index}")
