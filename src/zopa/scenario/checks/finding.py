"""What a check finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from zopa.scenario.patch import did_you_mean

Severity = Literal["error", "warning", "advice"]


@dataclass(frozen=True)
class Finding:
    """One fault or doubt.

    Attributes:
        path: dotted path of the offender.
        what: what is wrong, naming it.
        mend: what to do, as a sentence.
        severity: a warning is an error under `--strict`, advice never is.
    """

    path: str
    what: str
    mend: str
    severity: Severity = "error"


Findings = Iterator[Finding]


def unknown(path: str, kind: str, name: str, known: Iterable[str]) -> Findings:
    """A finding where `name` is not among the known names."""
    there = list(known)
    if name not in there:
        hint = did_you_mean(name, there).strip()
        yield Finding(path, f"{path} names the {kind} '{name}', which does not exist",
                      hint or f"Add it, or name another {kind}.")


def unknown_keys(path: str, kind: str, names: Iterable[str], known: Iterable[str]) -> Findings:
    """Findings for the keys of a mapping that are not among the known names."""
    there = list(known)
    for name in names:
        if name not in there:
            hint = did_you_mean(name, there).strip()
            yield Finding(f"{path}.{name}", f"{path} has the key '{name}', which is no {kind}",
                          hint or "Remove it.")


def lacking(path: str, kind: str, names: Iterable[str], needed: Iterable[str]) -> Findings:
    """Findings for the names that a mapping must have and has not."""
    there = set(names)
    for name in needed:
        if name not in there:
            yield Finding(path, f"{path} has nothing for the {kind} '{name}'",
                          f"Add `{name}:`.")
