"""Why a step of a single text is taken, in words: who gains and who gives, on which issue.

Names are those of the domain; numbers are each party's own utilities, not comparable between
parties.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from zopa.spaces.domain import Domain
from zopa.spaces.single_text import Step

Name = Callable[[str], str]


def reason(domain: Domain, step: Step) -> str:
    """The reason for a step, one sentence or a few."""
    if len(step.changes) == 1:
        return _single(domain, step)
    parts = [text for n in range(len(domain.parties)) if (text := _party(domain, step, n))]
    same = [name for n, name in enumerate(domain.parties) if not _touched(step, n)]
    if same and parts:
        parts.append(f"{_names(same)} {_verb(same, 'is', 'are')} not touched")
    return _sentence("; ".join(parts))


def shortfall(domain: Domain, step: Step) -> str:
    """What keeps a trade from being one: who would lose how much by it."""
    losers = [(name, -gain) for name, gain in zip(domain.parties, step.gain, strict=True)
              if gain < 0]
    text = _names([f"{name} {_number(loss)}" for name, loss in losers])
    return f"It would leave {text} short." if losers else ""


def _single(domain: Domain, step: Step) -> str:
    gains = [f"{name} gains {_number(gain)}"
             for name, gain in zip(domain.parties, step.gain, strict=True) if gain > 0]
    same = [name for name, gain in zip(domain.parties, step.gain, strict=True) if gain == 0]
    lose = [f"{name} loses {_number(-gain)}"
            for name, gain in zip(domain.parties, step.gain, strict=True) if gain < 0]
    text = "; ".join([*gains, *lose])
    if same:
        text += f"; to {_names(same, 'and')} it is the same"
    return _sentence(text)


def _party(domain: Domain, step: Step, n: int) -> str:
    """What one party gains and gives by changes of several issues."""
    if not _touched(step, n):
        return ""
    issues = [domain.issues[change.issue] for change in step.changes]
    gains = [(issue, float(x)) for issue, x in zip(issues, step.apart[n], strict=True) if x > 0]
    gives = [(issue, -float(x)) for issue, x in zip(issues, step.apart[n], strict=True) if x < 0]
    text = ""
    if gains:
        text = "gains " + _names([f"{_number(x)} on {issue}" for issue, x in gains])
    if gives:
        text += " and " if gains else ""
        text += "gives " + _names([f"{_number(x)} on {issue}" for issue, x in gives])
    extra = float(step.together[n])
    if extra:
        text += (" and " if text else "") + (
            f"{'gains' if extra > 0 else 'gives'} {_number(abs(extra))} by the combination")
    elif gains and gives:
        gained, given = sum(x for _, x in gains), sum(x for _, x in gives)
        weight = ("which it values less" if given < gained else
                  "which it values as much" if np.isclose(given, gained) else
                  "which it values more")
        text += f", {weight}"
    return f"{domain.parties[n]} {text}"


def _touched(step: Step, n: int) -> bool:
    return bool(np.any(step.apart[n] != 0.0) or step.gain[n] != 0.0)


def _number(value: float) -> str:
    """A utility with four significant digits."""
    text = f"{value:,.4f}" if 1e-3 <= abs(value) < 10 else f"{value:,.2f}"
    text = text.rstrip("0").rstrip(".")
    return text if text not in ("0", "-0") else f"{value:.2g}"


def _names(names: list[str], last: str = "and") -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def _verb(names: list[str], one: str, many: str) -> str:
    return one if len(names) == 1 else many


def _sentence(text: str) -> str:
    return f"{text}." if text else ""
