"""A domain as Genius XML: one file of issues, one profile a party.

Additive utilities are written as weights and evaluations whose largest is 1, so that Genius's own
division changes nothing (see `scaled` for utilities that do not lie in [0, 1]).

With rules the profiles are non-linear: every rule, and every option's worth, is a sum of
hyper-rectangles over issues of whole numbers,

    u'(package) = u(package) / maxutility,   maxutility = 1 or more, so that nothing is cut at 1.

Genius has one number for what a party gets without an agreement and for the least it accepts; the
reservation value is written, else the value of no agreement.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from xml.sax.saxutils import quoteattr

import numpy as np

from zopa.agreement.space import Floats
from zopa.exchange.raw import cleaned
from zopa.exchange.scaled import file_names, scaled, without_constraints
from zopa.spaces.domain import Domain

DOMAIN = "domain"


def written(domain: Domain) -> tuple[dict[str, str], list[str]]:
    """File name -> text, and what was changed or left out.

    Raises:
        ArgumentError: there are constraints.
        InputError: a name cannot be written.
    """
    without_constraints(domain, "Genius XML")
    names = file_names(domain.parties, (DOMAIN,))
    notes = _one_number(domain)
    if domain.additive:
        form = scaled(domain, sum_to_one=False)
        notes += form.notes(domain.parties)
        bodies = [_additive(domain, i, form.weights[i], [v[i] for v in form.values])
                  for i in range(len(names))]
        kept = form.on_it(_kept(domain))
        head = _additive(domain, None, np.zeros(0), [])
    else:
        numbers = [_numbers(options) for options in domain.options]
        if any(starts is None for starts in numbers):
            notes.append("Genius bounds issues of whole numbers only: options are written as "
                         "0, 1, ... in their order, without their names.")
        lows = [start or 0 for start in numbers]
        largest = _largest(domain)
        notes += [f"{party}: utilities are written divided by {most:.6g}."
                  for party, most in zip(domain.parties, largest, strict=True) if most != 1.0]
        bodies = [_rectangles(domain, i, lows, float(largest[i])) for i in range(len(names))]
        kept = _kept(domain) / largest
        head = _ranges(domain, lows)
    files = {f"{DOMAIN}.xml": _file(domain, head, "negotiation_template")}
    for name, body, value in zip(names, bodies, kept, strict=True):
        if np.isfinite(value):
            body = [*body, f' <reservation value="{float(value)!r}"/>']
        files[f"{name}.xml"] = _file(domain, [*body, ' <discount_factor value="1.0"/>'], "")
    return files, notes


def _one_number(domain: Domain) -> list[str]:
    differ = [party for party, r, d in zip(domain.parties, domain.reservation,
                                           domain.disagreement, strict=True)
              if r != d and np.isfinite(r)]
    return [f"{', '.join(differ)}: the reservation value is written; the value of no agreement, "
            "which differs, is left out."] if differ else []


def _kept(domain: Domain) -> Floats:
    """`(party,)`: the number that is written as reservation value; minus infinity for none."""
    none = np.where(domain.disagreement != 0.0, domain.disagreement, -np.inf)
    return np.where(np.isfinite(domain.reservation), domain.reservation, none)


def _file(domain: Domain, body: list[str], wrapper: str) -> str:
    lines = [f'<utility_space number_of_issues="{len(domain.issues)}">', *body, "</utility_space>"]
    if wrapper:
        lines = [f"<{wrapper}>", *lines, f"</{wrapper}>"]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *lines, ""])


def _attribute(name: str, what: str) -> str:
    return quoteattr(cleaned(name, "export", what))


def _open(domain: Domain) -> str:
    title = _attribute(domain.title or "domain", "the title")
    return (f' <objective index="0" name={title} type="objective" etype="objective" '
            'description="">')


def _additive(domain: Domain, party: int | None, weights: Floats,
              values: list[Floats]) -> list[str]:
    """Lines of the issues, with one party's evaluations where one is given."""
    lines = [_open(domain)]
    for j, (issue, options) in enumerate(zip(domain.issues, domain.options, strict=True)):
        name = _attribute(issue, "the name of an issue")
        lines.append(f'  <issue index="{j + 1}" name={name} type="discrete" etype="discrete" '
                     'vtype="discrete">')
        largest = float(values[j].max()) if party is not None else 1.0
        for o, option in enumerate(options):
            value = _attribute(option, "the name of an option")
            evaluation = ("" if party is None else
                          f' evaluation="{float(values[j][o]) / (largest or 1.0)!r}"')
            lines.append(f'   <item index="{o + 1}" value={value}{evaluation}/>')
        lines.append("  </issue>")
    lines += [f'  <weight index="{j + 1}" value="{float(weight)!r}"/>'
              for j, weight in enumerate(weights)]
    return [*lines, " </objective>"]


def _numbers(options: tuple[str, ...]) -> int | None:
    """The first of consecutive whole numbers, if that is what the options are."""
    if not all(option.lstrip("-").isdecimal() and len(option) < 10 for option in options):
        return None
    values = [int(option) for option in options]
    start = values[0]
    same = [str(start + n) for n in range(len(options))] == list(options)
    return start if same else None


def _ranges(domain: Domain, lows: list[int]) -> list[str]:
    lines = [_open(domain)]
    for j, (issue, size) in enumerate(zip(domain.issues, domain.sizes, strict=True)):
        name = _attribute(issue, "the name of an issue")
        lines.append(f'  <issue index="{j + 1}" name={name} type="integer" etype="integer" '
                     f'vtype="integer" lowerbound="{lows[j]}" upperbound="{lows[j] + size - 1}"/>')
    return [*lines, " </objective>"]


def _largest(domain: Domain) -> Floats:
    """`(party,)`: 1, or a bound on utilities where they may exceed 1."""
    bound = domain.base + sum(worth.max(axis=1) for worth in domain.worth)
    bound = bound + sum(np.maximum(rule.bonus, 0.0) for rule in domain.rules)
    return np.maximum(bound, 1.0)


def _rectangles(domain: Domain, party: int, lows: list[int], largest: float) -> list[str]:
    lines = _ranges(domain, lows)[:-1]
    lines += [f'  <utility maxutility="{largest!r}">',
              '   <ufun type="PlainUfun" weight="1" aggregation="sum">']
    if domain.base[party]:
        lines.append(f'    <hyperRectangle utility="{float(domain.base[party])!r}"/>')
    for j, worth in enumerate(domain.worth):
        for o, value in enumerate(worth[party]):
            if value:
                lines += _box(((j, o, o),), float(value), lows)
    for rule in domain.rules:
        if rule.bonus[party]:
            for box in product(*(_runs(j, options) for j, options
                                 in zip(rule.issues, rule.options, strict=True))):
                lines += _box(box, float(rule.bonus[party]), lows)
    return [*lines, "   </ufun>", "  </utility>", " </objective>"]


def _box(box: tuple[tuple[int, int, int], ...], utility: float, lows: list[int]) -> list[str]:
    bounds = [f'     <INCLUDES index="{j + 1}" min="{lows[j] + a}" max="{lows[j] + b}"/>'
              for j, a, b in box]
    return [f'    <hyperRectangle utility="{utility!r}">', *bounds, "    </hyperRectangle>"]


def _runs(issue: int, options: tuple[int, ...]) -> Iterator[tuple[int, int, int]]:
    """Consecutive options, as issue, first and last."""
    start = previous = options[0]
    for option in options[1:]:
        if option != previous + 1:
            yield issue, start, previous
            start = option
        previous = option
    yield issue, start, previous
