"""The errors a user may see: one line each, with the place, the fault and the mend."""

from __future__ import annotations

from dataclasses import dataclass


class ZopaError(Exception):
    """Base of every error of the domain; its text is the whole message for the user."""


@dataclass(frozen=True)
class Problem:
    """One fault in an input: where it is, what is wrong, how to mend it.

    Attributes:
        where: `file:line:column` or the path inside a Python object.
        what: the fault, naming the offender, e.g. `parties.kyiv.discount must be < 1, but is 1.4`.
        mend: what to do about it, as a sentence.
    """

    where: str
    what: str
    mend: str = ""

    def __str__(self) -> str:
        text = f"{self.where}: {self.what.rstrip('.')}."
        return one_line(f"{text} {self.mend}".strip())


def one_line(text: str) -> str:
    """Text quoted from an input, on one line and without control characters."""
    return "".join(c if c.isprintable() else " " for c in text)


class InputError(ZopaError):
    """Input that cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


class ArgumentError(ZopaError, ValueError):
    """A wrong argument of a Python call, named."""
