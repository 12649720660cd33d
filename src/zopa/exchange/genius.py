"""Genius XML: a domain and one profile a party, with the utilities that Genius itself computes.

    u_i(package) = sum_j w_ij e_ij(o_j) / max_o e_ij(o)          discrete issues
    u_i(package) = sum_j w_ij min(1, max(0, offset + slope (v - lower)))   whole numbers

1. Issues are those of the domain, depth first; without a domain file those of the first profile.
2. A profile's issue belongs to the domain's issue of that name, else of that index.
3. Weights are taken as written: Genius does not divide them by their sum, and it passes over the
   weights of objectives that hold issues.
4. Without a reservation value it is 0.  The discount factor is left out, for no time passes here.
5. Non-linear profiles are sums of hyper-rectangles: see `rectangles`.

Conventions checked against Genius 9 and 10 (class AdditiveUtilitySpace and its evaluators); NegMAS
multiplies weights by evaluations without dividing by the largest one.

Reference: Lin, Kraus, Baarslag, Tykhonov, Hindriks and Jonker (2014), Genius: an integrated
environment for supporting the design of generic automated negotiators, Computational Intelligence
30(1), 48-70.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from zopa.agreement.space import Floats
from zopa.exchange import rectangles
from zopa.exchange.elements import Element
from zopa.exchange.evaluators import Scale, evaluated, scale
from zopa.exchange.imported import Imported
from zopa.exchange.raw import cleaned, distinct, number, wrong
from zopa.spaces.domain import Domain, Rule

KIND = "Genius XML"
NO_NAMES = ("", "any", "root", "objective")


@dataclass(frozen=True)
class File:
    """One file: how it is called in messages, and its root element."""

    shown: str
    root: Element

    @property
    def name(self) -> str:
        """The file's name, without its folder."""
        return Path(self.shown).name

    def at(self, element: Element) -> str:
        """The place of an element."""
        return f"{self.shown}:{element.line}"


@dataclass(frozen=True)
class Issue:
    """One issue of the domain.

    Attributes:
        index: Genius's number of it; rectangles name it.
        scale: its options, with their values where they are numbers.
    """

    name: str
    index: str
    scale: Scale


@dataclass(frozen=True, eq=False)
class Profile:
    """One party's preferences over the issues of the domain."""

    worth: tuple[Floats, ...]
    boxes: rectangles.Boxes
    base: float
    reservation: float
    title: str


def read(files: Sequence[File]) -> Imported:
    """A domain and its profiles, in any order of the files.

    Raises:
        InputError: no profile, two domains, or what a file says cannot be used.
    """
    domains = [file for file in files if not is_profile(file.root)]
    profiles = [file for file in files if is_profile(file.root)]
    for file in domains:
        issues_of(file, [])
    if len(domains) > 1:
        raise wrong(domains[1].shown, f"a second domain without preferences, besides "
                    f"{domains[0].shown}", "Give one domain and its profiles.")
    if not profiles:
        raise wrong(domains[0].shown, "it holds issues but nobody's preferences",
                    "Give the profiles too: zopa zone DOMAIN.xml PROFILE1.xml PROFILE2.xml")
    notes: list[str] = []
    if not domains:
        notes.append(f"No domain file was given: the issues are those of {profiles[0].name}.")
    source = (domains or profiles)[0]
    issues = issues_of(source, notes)
    found = [_profile(file, issues, notes) for file in profiles]
    notes.append("Genius's conventions: an evaluation is divided by the largest of its issue, "
                 "and weights are used as written.")
    parties = distinct([_party(file) for file in profiles])
    return Imported(Domain(
        parties, tuple(issue.name for issue in issues),
        tuple(issue.scale.options for issue in issues),
        tuple(np.stack(rows) for rows in zip(*(p.worth for p in found), strict=True)),
        _rules([p.boxes for p in found]), (),
        np.array([p.reservation for p in found]), np.array([p.reservation for p in found]),
        np.array([p.base for p in found]), title=_title(source)), KIND, tuple(notes))


def is_profile(root: Element) -> bool:
    """Whether a file holds somebody's preferences, and not issues alone."""
    if root.tag == "negotiation_template":
        return False
    return any(element.tag in ("weight", "reservation", "discount_factor", "evaluator", "ufun")
               or element.get("evaluation") is not None for element in root.walk())


def issues_of(file: File, notes: list[str]) -> list[Issue]:
    """The issues of a file, depth first.

    Raises:
        InputError: there is none, or one is named twice or has no options.
    """
    issues: list[Issue] = []
    for element in file.root.walk():
        if element.tag != "issue":
            continue
        name = cleaned(element.get("name") or "", file.at(element), "the name of an issue")
        if any(issue.name == name for issue in issues):
            raise wrong(file.at(element), f"the issue '{name}' is named twice", "Rename one.")
        issues.append(Issue(name, element.get("index") or str(len(issues) + 1),
                            scale(element, name, file.at(element), file.shown, notes)))
    if not issues:
        raise wrong(f"{file.shown}:1", "it is XML, but holds no Genius issue",
                    "A domain has <issue> inside <objective> inside <utility_space>.")
    return issues


def _profile(file: File, issues: list[Issue], notes: list[str]) -> Profile:
    root = file.root
    places = {issue.name: n for n, issue in enumerate(issues)}
    indices = {issue.index: n for n, issue in enumerate(issues)}
    reservation = _setting(file, "reservation", 0.0)
    discount = _setting(file, "discount_factor", 1.0)
    if not any(e.tag == "reservation" for e in root.walk()):
        notes.append(f"{file.name} states no reservation value: 0, as in Genius.")
    if discount not in (0.0, 1.0):
        notes.append(f"{file.name}: the discount factor {discount:g} is left out, for no time "
                     "passes here.")
    functions = [e for e in root.walk() if e.tag in ("utility", "utility_function")
                 and e.named("ufun")]
    if functions:
        if any(e.tag == "weight" for e in root.walk()):
            notes.append(f"{file.name}: its utility is that of the hyper-rectangles; weights of "
                         "issues are left out, as in Genius.")
        boxes, base = rectangles.boxes(functions[0], file.shown,
                                       [issue.scale for issue in issues], indices, notes)
        worth = tuple(np.zeros(len(issue.scale.options)) for issue in issues)
        return Profile(worth, boxes, base, reservation, _title(file))
    rows: dict[int, Floats] = {}
    total = 0.0
    for parent in root.walk():
        weights = {e.get("index") or "": e for e in parent.named("weight")}
        for group in parent.named("objective"):
            over = weights.get(group.get("index") or "")
            if over is not None and (over.get("value") or "1").strip() not in ("1", "1.0"):
                named = " ".join((group.get("name") or "").split())[:60]
                notes.append(f"{file.name}: the weight of the objective '{named}' is passed over, "
                             "as in Genius.")
        for element in parent.named("issue"):
            place = _place(file, element, places, indices, rows)
            given = weights.get(element.get("index") or "")
            if given is None:
                raise wrong(file.at(element), f"the issue '{issues[place].name}' has no weight",
                            f'Add <weight index="{issues[place].index}" value="..."/> after it.')
            weight = number(given.get("value"), file.at(given), "a weight")
            if weight < 0.0:
                raise wrong(file.at(given), f"the weight of '{issues[place].name}' is {weight:g}, "
                            "less than 0", "Write a weight of 0 or more.")
            total += weight
            rows[place] = weight * evaluated(element, issues[place].scale, issues[place].name,
                                             file.shown)
    missing = [issue.name for n, issue in enumerate(issues) if n not in rows]
    if missing:
        raise wrong(f"{file.shown}:{root.line}", f"it says nothing about the issue '{missing[0]}' "
                    "of the domain", "Is it a profile of this domain?")
    if abs(total - 1.0) > 1e-6:
        cut = "; Genius cuts utilities at 1, which is not done here" if total > 1.0 else ""
        notes.append(f"{file.name}: its weights sum to {total:.6g}, not 1, and are used as "
                     f"written{cut}.")
    return Profile(tuple(rows[n] for n in range(len(issues))), {}, 0.0, reservation, _title(file))


def _place(file: File, element: Element, places: dict[str, int], indices: dict[str, int],
           taken: dict[int, Floats]) -> int:
    """Which issue of the domain a profile's issue is: by its name, else by its index."""
    name = " ".join((element.get("name") or "").split())
    place = places.get(name, indices.get(element.get("index") or ""))
    if place is None:
        raise wrong(file.at(element), f"the issue '{name[:60]}' is not in the domain",
                    f"The domain has {', '.join(places)}.")
    if place in taken:
        raise wrong(file.at(element), f"the issue '{name[:60]}' is given twice", "Remove one.")
    return place


def _setting(file: File, tag: str, default: float) -> float:
    for element in file.root.walk():
        if element.tag == tag:
            return number(element.get("value"), file.at(element), tag.replace("_", " "))
    return default


def _title(file: File) -> str:
    for element in file.root.walk():
        name = " ".join((element.get("name") or "").split())
        if element.tag == "objective" and name.lower() not in NO_NAMES:
            return cleaned(name, file.at(element), "the name of the domain")
    return cleaned(Path(file.shown).stem, file.shown, "the file's name")


def _party(file: File) -> str:
    return cleaned(Path(file.shown).stem, file.shown, "the file's name")


def _rules(parties: Sequence[rectangles.Boxes]) -> tuple[Rule, ...]:
    """One rule a box, whoever has it."""
    keys = dict.fromkeys(key for boxes in parties for key in boxes)
    return tuple(Rule(tuple(i for i, _ in key), tuple(options for _, options in key),
                      np.array([boxes.get(key, 0.0) for boxes in parties])) for key in keys)
