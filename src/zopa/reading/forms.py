"""Testable forms: sentences that one of the tests of `zopa.claims` comes nearest to.

A form is a pattern over a claim's words, with a party of the scenario as `{key}`.  What it finds is
a suggestion with its reason: a person confirms it, and fills in what is left open.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from zopa.claims.table import TESTS, Kind
from zopa.reading.matter import STOP, stem
from zopa.reading.row import Strict

if TYPE_CHECKING:
    from zopa.scenario.schema import Scenario

WHO = r"\{(?P<party>[\w-]+)\}"
THEIR = (
    WHO + r"(?: (?:forces|troops|army|military|armed forces|soldiers|units|government|leadership|"
    r"officials|administration|side))?"
)
SETTLING = (
    r"(?:negotiat\w+|settle\w*|peace|diploma\w+|talks|deal|compromise|political solution|"
    r"agreement)"
)
HELP = (
    r"(?:escalation|aid|sanctions?|arms|weapons?|deliver\w+|support|assistance|pressure|"
    r"mediation|guarantees?)"
)


class Call(Strict):
    """A test that a row suggests."""

    test: str
    args: dict[str, str | tuple[str, ...]] = Field(default_factory=dict)
    open: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="Argument that a person has to give -> what it can be."
    )
    why: str


@dataclass(frozen=True)
class Form:
    """A pattern over marked words, and the test it suggests.

    Attributes:
        test: name in the table.
        pattern: its group `party` names the actor that the test is about.
        reads: what the words say, for the reason; `{party}` for the actor's name.
        subject: what it is about, where its own words are not those of a scenario.
    """

    test: str
    pattern: re.Pattern[str]
    reads: str
    subject: str = ""


def _form(test: str, pattern: str, reads: str, subject: str = "") -> Form:
    return Form(test, re.compile(pattern), reads, subject)


FORMS: tuple[Form, ...] = (
    _form("waiting_worsens_terms",
          r"\bthe longer\b.{0,40}?" + WHO + r".{0,80}?\b(?:worse|weaker|less|harsher|poorer|fewer|"
          r"smaller|lower|harder)\b",
          "that terms get worse for {party} the longer it waits"),
    _form("waiting_worsens_terms",
          r"\b(?:time|delay\w*|waiting)\b.{0,30}?\b(?:against|worsens?|weakens?|hurts?|harms?|"
          r"not on the side of|costs?)\b.{0,30}?" + WHO,
          "that time works against {party}"),
    _form("waiting_worsens_terms", r"\btime is not on " + WHO + r" side",
          "that time works against {party}"),
    _form("waiting_worsens_terms",
          WHO + r".{0,40}?\b(?:worse|weaker|less favou?rable|harsher|worsens?|weakens?|"
          r"deteriorat\w+)\b.{0,40}?\b(?:with (?:every|each|time)|(?:every|each) (?:day|week|month|"
          r"year)|by the (?:day|week|month)|the longer|if it (?:waits|delays))\b",
          "that terms get worse for {party} as time passes"),
    _form("leverage_rising",
          WHO + r"(?: \w+){0,3} (?:leverage|bargaining (?:power|position)|negotiating (?:power|"
          r"position|hand)|hand) (?:\w+ ){0,2}(?:grow\w*|ris\w+|increas\w+|improv\w+|"
          r"strengthen\w*)", "that the leverage of {party} grows"),
    _form("leverage_rising",
          WHO + r"(?: \w+){0,2} (?:grow\w*|rising|increas\w+|gain\w*|stronger|strengthen\w*)"
          r"(?: \w+){0,3} (?:leverage|bargaining|hand)\b", "that the leverage of {party} grows"),
    _form("victory_unlikely",
          THEIR + r"(?: \w+){0,2} (?:cannot|can not|can't|will not|won't|could not|couldn't|never|"
          r"unable to|unlikely to|not able to|no longer|not)(?: \w+){0,5} (?:win|prevail|defeat|"
          r"victory)\b", "that {party} cannot win"),
    _form("victory_unlikely",
          WHO + r".{0,60}?\bwar (?:it|they)(?: \w+){0,4} (?:never|not|cannot|can't)(?: \w+){0,3} "
          r"win\b", "that {party} could not win the war"),
    _form("victory_unlikely",
          r"\b(?:no|little|slim)(?: \w+)? (?:path|chance|prospect|hope|road|way)\b.{0,30}?"
          r"\b(?:victory|win\w*)\b.{0,20}?" + WHO, "that {party} has little chance of victory"),
    _form("only_settlement",
          r"\b" + SETTLING + r"\b.{0,70}?\b(?:only|sole|no other|no alternative)\b.{0,30}?"
          r"(?:\b(?:options?|outcomes?|way|path|solutions?|alternatives?|exit|choice)\b|$)",
          "that a settlement is the only way out"),
    _form("only_settlement",
          r"\b(?:only|sole)\b.{0,30}?\b(?:option|outcome|way|path|solution|exit)\b.{0,40}?\b"
          + SETTLING, "that a settlement is the only way out"),
    _form("only_settlement",
          r"\b(?:no|not a|never a|cannot be a) (?:purely )?military (?:solution|victory)\b|"
          r"\bneither side (?:can|could|will|is able to)\b.{0,20}?\b(?:win|prevail)\b|"
          r"\bcannot be won\b|\b(?:no alternative to|nothing but) " + SETTLING,
          "that the war can only be settled"),
    _form("advantage",
          THEIR + r"(?: \w+){0,3} (?:hold\w*|held|has|have|had|having|gain\w*|enjoys?|retains?|"
          r"keeps?|with)(?: \w+){0,2} (?:advantage|upper hand|initiative|edge)\b",
          "that {party} holds the advantage"),
    _form("advanced",
          THEIR + r"(?: \w+){0,4} (?:advanc\w+|gain\w* ground|made gains|captur\w+|seiz\w+|"
          r"push\w+ forward|took|taken)\b(?! the initiative)", "that {party} has advanced"),
    _form("advancing",
          THEIR + r"(?: \w+){0,4} (?:advancing|gaining ground|pushing forward|advances|making "
          r"(?:gains|progress)|will (?:go on )?advanc\w+)\b", "that {party} is advancing"),
    _form("support_reflects_position",
          r"(?=.*" + WHO + r").*\b(?:change|shift|turn|tone|policy|retreat|pivot|reversal)\b"
          r".{0,60}?\b(?:reflect\w*|because of|driven by|owing to|due to|follow\w*|explained by)\b"
          r".{0,40}?\b(?:battlefield|front|ground|military situation|field)\b",
          "that the position at the front moves the policy of {party}"),
    _form("support_declined",
          WHO + r".{0,40}?\b(?:fatigue|weariness|weary|tired of|exhaustion)\b",
          "that {party} tires of the war"),
    _form("support_declined",
          r"(?=.*" + WHO + r").*\b(?:retreat\w*|declin\w+|dwindl\w+|wan(?:es|ing)|fell|fallen|"
          r"reduc\w+|less|end of|shrink\w*|drying up|over)\b.{0,40}?\b(?:blank (?:check|cheque)s?|"
          r"aid|support for|assistance|deliver\w+|backing)\b",
          "that the support of {party} has declined"),
    _form("support_declined",
          WHO + r"(?: \w+){0,3} (?:aid|support|assistance|backing|deliveries)(?: \w+){0,3} "
          r"(?:declin\w+|fell|fallen|dwindl\w+|wan(?:es|ing)|shrunk|shrinks|decreas\w+|dropp?\w*)",
          "that the support of {party} has declined"),
    _form("patron_withdraws",
          WHO + r"(?: \w+){0,3} (?:prepar\w*|plan\w*|consider\w*|threaten\w*|will|may|might|could|"
          r"would|about to|ready to|set to|likely to|want\w*)(?: \w+){0,3} (?:cut (?:its|their|"
          r"his) losses|walk\w* away|withdraw\w*(?: \w+){0,2} (?:support|aid|backing)|abandon\w*|"
          r"(?:stop|halt|end|suspend|cut|reduc|scal|pull)\w*(?: \w+){0,3} (?:support|aid|"
          r"assistance|deliver\w+|backing))", "that {party} is about to give less support"),
    _form("lever_futile",
          r"(?:(?=.*" + WHO + r"))?.*\b" + HELP + r"\b.{0,40}?\b(?:futile|useless|pointless|"
          r"in vain|no difference|not help|ineffective|without effect|will not (?:change|work|"
          r"help)|won't (?:change|work|help))\b", "that more of it does not help"),
    _form("worse_off_if",
          r"\b" + HELP + r"\b.{0,40}?\b(?:hurts?|harms?|damages?|costs?|worse off|backfires?|"
          r"weakens?)\b.{0,30}?" + WHO, "that it leaves {party} worse off"),
    _form("forgone_offer_was_better",
          r"(?=.*\b(?:blunder|mistake|error|miscalculation|regret\w*|missed|better)\b).*"
          + WHO + r"(?: \w+){0,4} (?:refus\w+|reject\w+|turn\w* down|forgo\w*|forego\w*|declin\w+|"
          r"walk\w* away|decision not to|failure to|missed)\b",
          "that it was wrong for {party} to let an offer go"),
    _form("zone_includes",
          r"\bterritorial (?:concession|compromise|swap|loss)\w*|\bconcessions? (?:of|on) (?:the )?"
          r"(?:territor\w+|land)|\bced(?:e|es|ed|ing)\b(?: \w+){0,3} (?:territor\w+|land|ground)|"
          r"\bgiv\w+ up(?: \w+){0,2} (?:territor\w+|land)",
          "that a deal can include concessions of territory", subject="territory"),
    _form("zone_includes",
          r"\b(?:deal|compromise|settlement|agreement|accord|terms)\b.{0,30}?\b(?:includ\w+|"
          r"involv\w+|contain\w*|provid\w+ for|requir\w+)\b"
          r".{0,60}", "what a deal can include"),
    _form("prefers_deal",
          WHO + r"(?=.{0,80}?\b(?:must|should|has to|needs? to|better off|would do better)\b)"
          r".{0,120}?\b(?:terms|deal|settle\w*|diploma\w+|negotiat\w+|compromise|talks)\b",
          "that {party} does better by a deal than by fighting on"),
)  # fmt: skip

LOOKS = re.compile(
    r"\b(?:win\w*|los(?:e|es|ing)|victor\w+|defeat\w*|advantage|leverage|collaps\w+|sanction\w*|"
    r"aid|support|concession\w*|ceasefire|truce|territor\w+|deal|settle\w*|escalat\w+|withdraw\w*|"
    r"advanc\w+|front|negotiat\w+|offer\w*|guarantee\w*|terms|weapons?|arms|mobili[sz]\w+|costs?)\b"
)
TELLS = re.compile(
    r"\b(?:will|would|could|can|cannot|can't|won't|may|might|must|likely|unlikely|never|more|less|"
    r"worse|better|longer|stronger|weaker|grow\w*|ris\w+|fall\w*|only|no longer|if)\b"
)


def looks_testable(words: str) -> bool:
    """Whether marked words weigh up what the model has: forces, terms, support, chances."""
    return bool(LOOKS.search(words) and TELLS.search(words))


def calls(words: str, scenario: Scenario) -> tuple[Call, ...]:
    """The tests that a claim's words suggest, each test once, in the order of `FORMS`.

    Args:
        words: as `matter.marked` gives them, with the keys of the scenario's parties.
    """
    found: dict[tuple[str, str], Call] = {}
    for form in FORMS:
        if TESTS[form.test].war and scenario.war is None:
            continue
        for match in form.pattern.finditer(words):
            call = _call(form, match, words, scenario)
            if call is not None:
                about = "" if form.test == "zone_includes" else repr(call.args)
                found.setdefault((call.test, about), call)
                break
    return tuple(found.values())


def _call(form: Form, match: re.Match[str], words: str, scenario: Scenario) -> Call | None:
    """The form's test with its arguments; none where its actor is of another kind."""
    spec = TESTS[form.test]
    who = match.groupdict().get("party")
    party = scenario.parties.get(who) if who else None
    args: dict[str, str | tuple[str, ...]] = {}
    left: dict[str, tuple[str, ...]] = {}
    notes: list[str] = []
    for argument in spec.arguments:
        if argument.kind is Kind.PARTY:
            if who in scenario.sides and form.test != "lever_futile":
                args[argument.name] = str(who)
            elif form.test != "lever_futile":
                return None
        elif argument.kind is Kind.PATRON:
            if scenario.war is None or who not in scenario.war.support:
                return None
            args[argument.name] = str(who)
        elif argument.required or argument.kind is Kind.DATE:
            for text in (form.subject or match.group(), words):
                value, note = FILLS[argument.kind](text, scenario)
                if isinstance(value, str):
                    break
            if note:
                notes.append(note)
            if isinstance(value, str):
                args[argument.name] = value
            elif value and argument.required:
                left[argument.name] = value
    if form.test == "lever_futile":
        side = _helped(args.get("lever"), scenario)
        args.update({"party": side} if side else {})
        left.update({} if side else {"party": tuple(scenario.sides)})
    if form.test == "zone_includes":
        issue = args.get("issue")
        if not isinstance(issue, str):
            return None
        left["options"] = tuple(scenario.issues[issue].options)
    name = party.name if party is not None else "the party"
    why = f"its words say {form.reads.format(party=name)} (“{_shown(match, words)}”)"
    if left:
        notes.append("open: " + ", ".join(left))
    return Call(test=form.test, args=args, open=left, why="; ".join([why, *notes]))


def _shown(match: re.Match[str], words: str) -> str:
    """The words that made the match, at most a dozen."""
    text = (match.group() or words).replace("{", "").replace("}", "").split()
    return " ".join(text[:12]) + (" …" if len(text) > 12 else "")


Filled = tuple[str | tuple[str, ...] | None, str]


def _roots(text: str) -> set[str]:
    return {stem(word) for word in re.findall(r"[a-zÀ-ÿ']+", text.lower()) if word not in STOP}


def _best(words: str, titles: Mapping[str, str]) -> str | None:
    """The key whose title shares most stems with the words; none where none or two do."""
    roots = _roots(words)
    scores = {key: len(roots & _roots(f"{key} {title}")) for key, title in titles.items()}
    best = max(scores.values(), default=0)
    keys = [key for key, score in scores.items() if score == best]
    return keys[0] if best and len(keys) == 1 else None


def _lever(words: str, scenario: Scenario) -> Filled:
    titles = {key: lever.title for key, lever in scenario.levers.items()}
    key = _best(words, titles)
    return (key, "the lever by its words") if key else (tuple(titles), "")


def _issue(words: str, scenario: Scenario) -> Filled:
    titles = {key: issue.title for key, issue in scenario.issues.items()}
    key = _best(words, titles)
    return (key, "the issue by its title") if key else (None, "")


def _offer(words: str, scenario: Scenario) -> Filled:
    years = set(re.findall(r"\b(?:19|20)\d\d\b", words))
    dated = [key for key, offer in scenario.offers.items() if str(offer.date.year) in years]
    if len(dated) == 1:
        return dated[0], f"the offer of {scenario.offers[dated[0]].date.year}"
    return tuple(scenario.offers), ""


def _date(words: str, scenario: Scenario) -> Filled:
    """The first record of the year that is named, else the last one a year or more before."""
    dates = [state.date for state in scenario.history if state.date < scenario.date]
    named = [d for d in dates if re.search(rf"\b{d.year}\b", words)]
    if named:
        return min(named).isoformat(), "counted from the first record of the year it names"
    edge = dt.date.fromordinal(scenario.date.toordinal() - 364)
    if early := [d for d in dates if d <= edge]:
        return max(early).isoformat(), "it names no date: counted from a year before the scenario's"
    return None, ""


def _nothing(words: str, scenario: Scenario) -> Filled:
    return None, ""


FILLS: dict[Kind, Callable[[str, Scenario], Filled]] = {
    Kind.LEVER: _lever, Kind.ISSUE: _issue, Kind.OFFER: _offer, Kind.DATE: _date,
    Kind.OPTIONS: _nothing, Kind.MOMENT: _nothing,
}  # fmt: skip


def _helped(lever: object, scenario: Scenario) -> str | None:
    """The side that those who pull a lever support, where they support one."""
    by = scenario.levers[lever].by if isinstance(lever, str) and lever in scenario.levers else ()
    sides = {scenario.parties[p].supports for p in by if p in scenario.parties} - {None}
    return str(sides.pop()) if len(sides) == 1 else None
