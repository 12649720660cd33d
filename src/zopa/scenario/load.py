"""From a file to a checked scenario, with every problem at once.

1. Read the text (`source`), compose the YAML (`document`): faults here end the reading.
2. Validate against the schema (`faults`): faults of form, all of them.
3. Check consistency (`check`): what contradicts what, all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from zopa.core.errors import InputError, Problem
from zopa.scenario import check, faults, source
from zopa.scenario.check import Finding
from zopa.scenario.document import Document, compose
from zopa.scenario.origin import Origin
from zopa.scenario.schema import Scenario


@dataclass(frozen=True)
class Checked:
    """A scenario that can be used, and what is still to be said about it.

    Attributes:
        scenario: without errors.
        warnings: what `--strict` would refuse, then what is worth a look.
        notes: figures the check prints, one a line.
    """

    scenario: Scenario
    warnings: tuple[Problem, ...]
    notes: tuple[str, ...]


def load(name_or_path: str | Path) -> Scenario:
    """A shipped example by its name, or a scenario file.

    Raises:
        InputError: it cannot be read or used; says every problem, with its place and the mend.
    """
    return load_checked(name_or_path).scenario


def load_checked(name_or_path: str | Path, strict: bool = False) -> Checked:
    """As `load`, with the warnings and the figures of the check.

    Args:
        name_or_path: example's name, or a path.
        strict: warnings are errors too.
    """
    return from_origin(source.read(name_or_path), strict)


def loads(text: str, name: str = "scenario.yaml", strict: bool = False) -> Checked:
    """As `load_checked`, from a text in memory."""
    return from_origin(source.from_text(text, name), strict)


def from_origin(origin: Origin, strict: bool = False) -> Checked:
    """The text of a scenario to a checked scenario.

    Raises:
        InputError: as for `load`.
    """
    document = compose(origin.text, origin.path)
    scenario = parsed(document)
    scenario._origin = origin
    findings = check.findings(scenario)
    wrong = [f for f in findings if f.severity == "error" or (strict and f.severity == "warning")]
    if wrong:
        raise InputError([_problem(f, document) for f in wrong])
    return Checked(scenario, tuple(_problem(f, document) for f in findings),
                   check.notes(scenario))


def parsed(document: Document) -> Scenario:
    """A document as a scenario of the right form, its consistency unchecked.

    Raises:
        InputError: every fault of form.
    """
    if not isinstance(document.data, dict):
        raise InputError([Problem(f"{document.name}:1:1", "the file is not a mapping",
                                  "`zopa new FILE` writes a template.")])
    try:
        return Scenario.model_validate(document.data)
    except ValidationError as error:
        raise InputError(faults.problems(error, document, Scenario)) from None


def _problem(finding: Finding, document: Document) -> Problem:
    return Problem(document.where_dotted(finding.path), finding.what, finding.mend)
