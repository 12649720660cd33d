"""The lexicon of reporting words: what they report, how they present it, what they take.

Frames, the complements in which a verb's content stands:

- `S` a finite clause (said that …), also before the verb, around it, or after a colon
- `Q` a quotation
- `O` a noun phrase (denied the report)
- `I` an infinitive (vowed to respond)
- `N` a noun phrase with an infinitive (urged both sides to talk)
- `G` a gerund (denied shelling)
- `A` a noun phrase with what it is taken for (sees the talks as a trap; called it a trap)
- `T` a noun phrase that is the one addressed, never content (told reporters that …)
- words after a slash: prepositions whose object is the content (called for, warned of); a plus
  before one keeps the object too (accused Avaria of shelling)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from zopa.reading.row import Polarity, Slant, What


@dataclass(frozen=True)
class Verb:
    """One reporting verb."""

    lemma: str
    what: What
    slant: Slant
    polarity: Polarity
    frames: frozenset[str]
    prepositions: frozenset[str]
    keeps: frozenset[str]


WORDS = """
say S Q | tell S Q N T | add S Q | state S Q O | announce S Q O | declare S Q O A | report S Q O G
argue S Q /for,against | assert S Q O | contend S Q | maintain S Q | insist S Q /on | stress S Q O
emphasise S Q O | emphasize S Q O | underline S Q O | underscore S Q O | reiterate S Q O
repeat S Q O | note S Q | observe S Q | remark S Q | comment S Q /on | explain S Q O | reply S Q
respond S Q | answer S Q | counter S Q | retort S Q | write S Q | tweet S Q | post S Q
recall S Q O | mention S Q O | quip S Q | joke S Q | continue Q | conclude Q S | begin Q
warn S Q T /of,against,about | caution S Q T /against | promise S Q I O | pledge S Q I O
vow S Q I O | threaten S Q I +with O | propose S Q I O G | suggest S Q G O | recommend S Q O G
advise S Q N T /against | urge S Q N O | demand S Q I O | request S O N | ask S Q N /for,about
call Q A /for,on | appeal S Q /for,to | order S Q N O | instruct N T | direct N | beg Q N
press N /for | exhort N | encourage N | invite N | implore N Q | accuse O +of | blame O +for,on
condemn O | criticise O +for | criticize O +for | denounce O A | deplore O S | decry O | slam O
protest S O /against | praise O +for | welcome O | hail O A | applaud O | commend O +for
describe A O | characterise A | characterize A | label A | brand A | term A | dub A | portray A
refer +to /to | cite O | quote Q | signal S O | indicate S O | hint S Q /at | imply S
inform S T +of,about | assure S Q T +of | notify S T +of | brief S T /on | remind S Q T
testify S Q | swear S Q | confess S Q | disclose S O | apologise /for | apologize /for
boast S Q /of,about | complain S Q /about,of | lament S Q O | object S /to | speculate S /about,on
stipulate S | specify S O | clarify S O | elaborate /on | read Q S | relate S | narrate S
affirm S Q O
attest S /to | profess S O | proclaim S Q O | profess I | opine S Q | volunteer S | urge /for
offer I O | confirm S Q O | acknowledge S Q O G | admit S Q O G /to | concede S Q O | reveal S Q O
point S /to /to | estimate S O N | put A +at | outline O | hold S | voice O | express O
thank O +for
blast O | lambaste O | chide O | mock O | ridicule O A | rebuke O | scold Q O
whisper S Q | murmur S Q | grumble S Q | fret S Q | reaffirm S O | attribute +to | ascribe +to
insinuate S | intimate S | chant Q
shout Q S | muse Q S | counsel S N | plead S I Q /for | lobby N /for | pronounce S O A | depict A
paint A | cast A | liken +to | compare +to | tout O A | extol O | laud O | scoff Q /at | spurn O
rebuff O | bemoan O | fault O +for | castigate O +for | reprimand O +for | vouch /for | peg A
make S | concur S | stand /by | detail O | attribute O | rail /against | campaign /for,against
restate S O | renew O | float O | tell /of | speak /of | talk /of | hold A | petition N
dispute S | joke S | chronicle O | sum A | forswear O | confide S Q | confirm A | urge Q
allege S Q O | claim S Q O I G | purport I | rumour S | rumor S | spread S
caution N | guarantee S O | certify S | relay S O | report A
convey S O | charge S +with | allow S | grant S | remember S O | corroborate O | list O | record O S
interject S Q | object Q | venture S Q | hazard S Q | submit S | echo O | rejoin S Q | riposte S Q
trumpet O | peddle O | allude /to | advocate O G | champion O | salute O | censure O +for
upbraid +for | admonish N | berate +for | vilify O | lampoon O | belittle O | query O | question O
posit S | theorise S | theorize S | reason S | entreat N | forewarn S | foretell S O | decree S O
communicate S O | lodge O | moot O | clamour /for | clamor /for | agitate /for | wonder S
sneer S Q | jeer Q | snap Q | bristle /at | gripe S /about | moan S /about | gloat S /about,over
crow S /about,over | brag S /about,of | inveigh /against | vent O
"""
FACTIVE = """
confirm acknowledge admit concede reveal disclose recall note remind point confess clarify show
establish know realise realize recognise recognize prove demonstrate explain discover learn find
regret underline underscore stress emphasise emphasize
"""
DOUBTING = "allege claim purport boast rumour rumor assert contend profess speculate quip"
DENYING = """
deny S Q O G I | rule O | exclude O G
brush O | shrug O | wave O | reject O Q S A +as | dismiss O A Q +as
refute O S | dispute S O | rebut O
contradict O | laugh O /off | disavow O | repudiate O | disclaim O | discount O A | contest O S
"""
ATTITUDES = """
undertake I | believe S N | think S Q /of,about | feel S | hope S I /for | fear S O /for
worry S /about
want I N O | wish S I /for | intend I S | plan I S O | aim I | seek I O | prefer I O | doubt S O
suspect S O +of | see A | view A | regard A | consider A G S | deem A | perceive A S | support O
oppose O G | favour O G | favor O G | agree S I /to,on,with | disagree S /with | refuse I O
decide S I /on,against | resolve S I | accept S O | approve O | back O | trust S | dream S /of
mind S | desire I O | resent O | regret S O G | understand S | assume S | suppose S | imagine S
guess S | reckon S | know S | realise S | realize S | recognise S O A | recognize S O A | endorse O
tolerate O | envisage O G A | expect N I | contemplate G O | mull O G
welcome G | think A | incline /to,towards,toward | insist I
appreciate O | lean /towards,toward | learn S | distrust O | treat A
"""
ASSESSMENTS = """
assess S A | judge S A N | expect S O | predict S O Q | forecast S O | project S O | anticipate S O
estimate S | foresee S O | calculate S | conclude S Q | find S | determine S | infer S | diagnose S
show S | demonstrate S | prove S | establish S | suggest S | indicate S | caution S | surmise S
"""
DECLINING = """
decline I O | refrain /from | abstain /from | demur S | shy /from | sidestep O | evade O | dodge O
"""
SPEAKING = frozenset(
    "say comment confirm specify elaborate disclose discuss speculate answer reply respond reveal "
    "explain tell give provide state name identify deny address speak clarify acknowledge "
    "release publish endorse be rule report admit estimate detail".split()
)
"""The verbs that somebody declines: declined to say."""

IRREGULAR = {forms.split()[0]: forms for forms in (
    "say says said saying",
    "tell tells told telling",
    "think thinks thought thinking",
    "see sees saw seen seeing",
    "hold holds held holding",
    "write writes wrote written writing",
    "put puts put putting",
    "read reads read reading",
    "begin begins began begun beginning",
    "swear swears swore sworn swearing",
    "speak speaks spoke spoken speaking",
    "feel feels felt feeling",
    "mean means meant meaning",
    "know knows knew known knowing",
    "understand understands understood understanding",
    "seek seeks sought seeking",
    "forecast forecasts forecast forecasted forecasting",
    "find finds found finding",
    "foresee foresees foresaw foreseen foreseeing",
    "show shows showed shown showing",
    "spread spreads spread spreading",
    "give gives gave given giving",
    "learn learns learned learnt learning",
    "prove proves proved proven proving",
    "undertake undertakes undertook undertaken undertaking",
    "make makes made making",
    "tell tells told telling",
    "cast casts cast casting",
    "stand stands stood standing",
    "peg pegs pegged pegging",
    "concur concurs concurred concurring",
    "regret regrets regretted regretting",
    "dream dreams dreamed dreamt dreaming",
    "beg begs begged begging",
    "plan plans planned planning",
    "quip quips quipped quipping",
    "slam slams slammed slamming",
    "refer refers referred referring",
    "dub dubs dubbed dubbing",
    "prefer prefers preferred preferring",
    "rebut rebuts rebutted rebutting",
    "infer infers inferred inferring",
    "admit admits admitted admitting",
    "demur demurs demurred demurring",
    "be is are was were been being",
)}  # fmt: skip


def forms(lemma: str) -> set[str]:
    """The written forms of a verb."""
    if lemma in IRREGULAR:
        return set(IRREGULAR[lemma].split())
    if lemma.endswith("e"):
        return {lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"}
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        return {lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"}
    s = "es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s"
    return {lemma, lemma + s, lemma + "ed", lemma + "ing"}


def _entries(table: str, what: What, polarity: Polarity) -> list[Verb]:
    found = []
    for entry in table.replace("\n", "|").split("|"):
        if not entry.strip():
            continue
        lemma, *rest = entry.split()
        slant: Slant = "neutral"
        if lemma in FACTIVE.split():
            slant = "factive"
        elif lemma in DOUBTING.split():
            slant = "doubting"
        listed = {
            sign: [p for r in rest if r[0] == sign for p in r[1:].split(",")] for sign in "/+"
        }
        found.append(
            Verb(
                lemma,
                what,
                slant,
                polarity,
                frozenset(r for r in rest if r.isupper()),
                frozenset(listed["/"]),
                frozenset(listed["+"]),
            )
        )
    return found


@cache
def verbs() -> dict[str, tuple[Verb, ...]]:
    """Written form in lower case -> the verbs that it may be, the likeliest first."""
    table: dict[str, list[Verb]] = {}
    for entries in (
        _entries(DENYING, "words", "denied"), _entries(DECLINING, "words", "declined"),
        _entries(WORDS, "words", "asserted"),
        _entries(ASSESSMENTS, "assessment or prediction", "asserted"),
        _entries(ATTITUDES, "attitude or intent", "asserted"),
    ):  # fmt: skip
        for verb in entries:
            for form in forms(verb.lemma):
                table.setdefault(form, []).append(verb)
    return {form: tuple(found) for form, found in table.items()}


@cache
def lemma_of(form: str) -> str:
    """The lemma of a reporting verb or of a verb that somebody declines; else the form itself."""
    known = verbs().get(form)
    if known:
        return known[0].lemma
    for lemma in SPEAKING:
        if form in forms(lemma):
            return lemma
    return form


NOUNS: dict[str, tuple[What, Slant, Polarity]] = {
    **{word: ("words", "doubting", "asserted") for word in
       "claim allegation accusation assertion contention rumour rumor charge insinuation".split()},
    **{word: ("words", "neutral", "asserted") for word in
       "statement announcement declaration report remark comment argument warning call appeal "
       "demand "
       "promise pledge vow threat proposal suggestion assurance complaint message insistence "
       "request "
       "offer testimony explanation reply response answer criticism condemnation word signal "
       "hint indication recommendation order account version "
       "verdict riposte rejoinder retort plea boast explanation ultimatum protest objection excuse "
       "pretext apology counterclaim".split()},
    **{word: ("words", "factive", "asserted") for word in
       "admission acknowledgement acknowledgment confirmation revelation disclosure concession "
       "recognition".split()},
    **{word: ("words", "neutral", "denied") for word in
       "denial rejection dismissal refutation".split()},
    **{word: ("attitude or intent", "neutral", "asserted") for word in
       "belief hope fear concern view opinion conviction intention plan decision wish desire "
       "suspicion worry expectation commitment position feeling sense willingness readiness "
       "determination refusal support opposition".split()},
    **{word: ("attitude or intent", "doubting", "denied") for word in
       "doubt scepticism skepticism".split()},
    **{word: ("assessment or prediction", "neutral", "asserted") for word in
       "assessment estimate prediction forecast conclusion projection judgement judgment finding "
       "analysis".split()},
}  # fmt: skip


def noun(form: str) -> tuple[What, Slant, Polarity] | None:
    """A reporting noun in singular or plural."""
    word = form.lower()
    if word in NOUNS:
        return NOUNS[word]
    if word.endswith("s") and word[:-1] in NOUNS:
        return NOUNS[word[:-1]]
    return NOUNS.get(word[:-3] + "y") if word.endswith("ies") else None
