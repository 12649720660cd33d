"""How to cite a run: what must be said so that somebody else can make it again."""

from __future__ import annotations

from zopa.report.bibliography import escaped
from zopa.report.view import View


def as_text(view: View) -> str:
    """A run in a sentence: scenario, date, hash, draws, seed, beliefs, version."""
    stored = view.manifest
    scenario = stored["scenario"]
    beliefs = "".join(f", believing {claim}={str(true).lower()}"
                      for claim, true in (stored.get("believe") or {}).items())
    return (f"“{scenario['title']}”, scenario {scenario['name']} as of {scenario['date']} "
            f"(SHA-256 {scenario['sha256']}), solved with zopa {stored['zopa']}, "
            f"{stored['draws']} draws, seed {stored['seed']}{beliefs}.")


def as_bibtex(view: View) -> str:
    """A run as a BibTeX entry."""
    stored = view.manifest
    scenario = stored["scenario"]
    year = str(stored["written"])[:4]
    key = f"zopa-{scenario['name']}-{scenario['sha256'][:8]}-{stored['seed']}"
    beliefs = "".join(f"; believing {claim} = {str(true).lower()}"
                      for claim, true in (stored.get("believe") or {}).items())
    fields = {
        "title": f"{{{escaped(scenario['title'])}: a run of zopa}}",
        "author": "{The authors of the scenario}",
        "year": year,
        "note": escaped(f"Scenario {scenario['name']} as of {scenario['date']}, SHA-256 "
                        f"{scenario['sha256']}; zopa {stored['zopa']}, {stored['draws']} draws, "
                        f"seed {stored['seed']}{beliefs}"),
    }
    lines = ",\n".join(f"  {name} = {{{text}}}" for name, text in fields.items())
    return f"@misc{{{key},\n{lines}\n}}\n"
