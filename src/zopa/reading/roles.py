"""Common nouns that name sources: offices, spokespersons, bodies, groups, documents."""

from __future__ import annotations

from zopa.reading.row import SourceType

SPOKES = frozenset(
    "spokesperson spokesman spokeswoman spokespeople spokesmen spokespersons".split()
)
OFFICES = frozenset(
    "president minister ambassador governor envoy chancellor secretary commander general chief "
    "mayor "
    "premier king queen emir sultan chair chairman chairwoman chairperson speaker director "
    "negotiator "
    "vice-president deputy prosecutor attorney marshal admiral colonel major captain brigadier "
    "representative commissioner mediator head leader prefect senator lawmaker inspector adviser "
    "advisor candidate bishop patriarch imam judge regent delegate consul undersecretary "
    "coordinator "
    "counterpart colleague rival captain boss rapporteur monitor aide prime-minister "
    "administrator ombudsman treasurer commandant".split()
)
BODIES = frozenset(
    "ministry army government force forces parliament party union council agency military staff "
    "command "
    "embassy commission office committee group delegation mission court bank navy air-force police "
    "cabinet assembly senate congress congregation department authority authorities administration "
    "presidency bureau service secretariat organisation organization alliance coalition bloc "
    "league "
    "federation association institute institution foundation company corporation operator "
    "broadcaster "
    "television radio newspaper agency daily outlet channel station state side sides team movement "
    "militia guard guards brigade battalion regiment corps fleet junta regime leadership "
    "opposition "
    "chancellery palace court tribunal watchdog charity hospital university centre center "
    "think-tank "
    "observatory consortium committee chamber board panel network media press wire headquarters "
    "wing faction branch directorate admiralty coastguard chancery consulate regency "
    "republic kingdom country nation capital directorate inspectorate garrison syndicate".split()
)
DOCUMENTS = frozenset(
    "report statement communique communiqué document memo memorandum letter survey poll study "
    "paper text "
    "readout read-out briefing assessment data map imagery decree bulletin note editorial article "
    "commentary release dispatch cable summary analysis review estimate figures images footage "
    "video "
    "transcript post tweet message declaration resolution draft agreement treaty accord table "
    "records "
    "ruling order update notice records book annex protocol white-paper log logs account".split()
)
GROUPS = frozenset(
    "officials analysts critics sources observers experts residents diplomats witnesses supporters "
    "opponents lawmakers ministers commanders generals governments leaders aides advisers advisors "
    "negotiators mediators monitors economists historians scholars soldiers troops veterans rebels "
    "insurgents refugees villagers farmers traders people many some others most several both all "
    "capitals allies partners states powers neighbours neighbors envoys delegates members "
    "spokesmen "
    "veterans locals inspectors engineers families parties two three few none everyone "
    "voters "
    "citizens protesters journalists reporters correspondents academics lawyers doctors medics "
    "planners strategists forecasters insiders sceptics skeptics hardliners moderates deputies "
    "representatives senators governors mayors officers figures investors firms companies circles "
    "ambassadors agencies unions groups workers drivers shopkeepers fishermen pilots crews".split()
)
ANONYMOUS = frozenset(
    "priest monk nun teacher student mother father neighbour neighbor boy girl pensioner baker "
    "nurse surgeon midwife survivor passenger refugee sailor pilot conscript captain shepherd "
    "participant attendee speaker source official diplomat insider aide witness resident analyst "
    "expert observer critic person "
    "someone somebody officer soldier lawyer economist historian scholar veteran researcher "
    "adviser "
    "advisor engineer villager farmer trader trader doctor medic planner reader editor columnist "
    "correspondent driver shopkeeper monitor delegate member negotiator mediator fighter "
    "reporter".split()
)
THINGS = frozenset(
    "matters orders numbers letters answers papers borders rivers powers offers waters "
    "shelters quarters corridors factors sectors errors restaurants plants "
    "computers trailers mortars containers tankers reactors bunkers".split()
)
HUMAN_ENDINGS = ("ist", "ists", "ian", "ians", "man", "men", "woman", "women", "person")
PERSONAL = frozenset("he she".split())
GROUPISH = frozenset("they".split())
NEUTRAL = frozenset("it".split())
PRONOUNS = PERSONAL | GROUPISH | NEUTRAL | frozenset("we i you".split())


def kind(word: str) -> SourceType | None:
    """The type of source that a common noun names by itself, or none."""
    word = word.lower()
    if word in SPOKES:
        return "spokesperson"
    if word in GROUPS:
        return "unnamed group"
    if word in OFFICES:
        return "named official"
    if word in ANONYMOUS:
        return "anonymous"
    if (
        word in BODIES
        or word.endswith("s")
        and word[:-1] in BODIES
        or (word.endswith("ies") and word[:-3] + "y" in BODIES)
    ):
        return "organisation"
    if word in DOCUMENTS or word.endswith("s") and word[:-1] in DOCUMENTS:
        return "document"
    if word.endswith("s") and (word[:-1] in OFFICES or word[:-1] in ANONYMOUS):
        return "unnamed group"
    if len(word) > 6 and word.endswith(("ers", "ors", "ees", "ants")) and word not in THINGS:
        return "unnamed group"
    if len(word) > 6 and word.endswith(("eer", "ster", "owner", "worker", "maker", "holder")):
        return "anonymous"
    if word.endswith(HUMAN_ENDINGS) and len(word) > 6:
        return "unnamed group" if word.endswith(("s", "men")) else "anonymous"
    return None


def can_speak(noun: object) -> bool:
    """Whether a noun token may be a source: a name, a pronoun for persons, or a listed word."""
    tag, low = getattr(noun, "tag_", ""), str(getattr(noun, "lower_", ""))
    if tag in ("NNP", "NNPS"):
        return True
    return (
        low in PRONOUNS
        or low in ("who", "whoever", "both", "neither", "either", "one", "each")
        or kind(low) is not None
    )
