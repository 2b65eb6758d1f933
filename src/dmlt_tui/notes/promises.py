"""Sentences that sound like a promise: a table of rules one can read, that rather miss one than cry wolf.

Questions promise nothing, nor does what is only weighed ("whether we should") or told of the past ("needed to").
"""

from __future__ import annotations

import re

from msgspec import Struct

from dmlt_tui.notes.names import Directory, Found, Kind, fold
from dmlt_tui.notes.vocabulary import MUST, NOW, TOOK_ON, VERBS, WAS_ASKED


class Promise(Struct, frozen=True):
    """What a sentence promises: why it sounds so, who is named for it, and the words as quick capture takes them."""

    why: str
    names: tuple[Found, ...]
    action: str


# The rules read sentences whose names of known people are ¤ (and NULs, so that all places stay the same).
_NAME = "¤\0*"
_NAMES = rf"{_NAME}((,| and| &| ?/| or) {_NAME})*"
_GROUP = r"([Ee]ach|[Ee]very|[Aa]ll|[Tt]he|[Oo]ur|[A-Z][\w-]+) ([\w-]+ ){0,2}(team|group|committee|board|office)s?"
_SHORT = r"([Tt]he )?[A-Z]{2,}"  # NCSA, the DMLT
_STRANGER = r"(?P<stranger>[A-Z][\w'’-]+)( [A-Z][\w'’-]+)*"
_WE = r"(I|[Ww]e( all)?|[Hh]e|[Ss]he|[Tt]hey|[Ee]verybody|[Ee]veryone|[Ss]omebody|[Ss]omeone)"
_SOMEBODY = rf"({_NAMES}|{_GROUP}|{_SHORT})"
_WHO = rf"(?<!\w)({_SOMEBODY}|{_WE})"
_BEGIN = r"(^|[;:—–(] ?|\b(then|agreed|agreed that|way forward is for|way to proceed is for|next step is for) )"
_DUTY = rf"{NOW}(?P<duty>[\w-]+)"  # any verb but those of _NO_DUTY
_ASKED = rf"{NOW}(?P<asked>[\w-]+)"  # a verb that people are asked to do
_DONE = r"(\w+ly )?(\w+ed|written|done|made|sent|found|drawn|shown|built|taken|chosen|given|set|put|run|told)"
_DAY = r"(\d|[Mm]on|[Tt]ue|[Ww]ed|[Tt]hu|[Ff]ri|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|end|next|this)"
_BY = rf"((by|before|until|in|on|at) (the |early |mid-?|late |about )*{_DAY}|within|next|this|tomorrow)"
_SOON = rf"(?=[.!]?$| (up|soon|shortly|later|again|{_BY}))"
_ASK = r"\b([Aa]sk|[Rr]equest|[Ii]nvite|[Uu]rge|[Ee]ncourage|[Cc]harge|[Tt]ask)(s|d|ed)?"
_STILL_TO_BE = r"\b(needs? to be|(has|have) (yet|still) to be|remains? to be|(is|are) (still|yet) to be)"

_RULES = tuple(
    (why, re.compile(rule))
    for why, rule in (
        ("somebody took it on", rf"{_WHO} {NOW}{TOOK_ON} to {_DUTY}"),
        ("somebody took it on", rf"(^|, |\b(and|that) ){_STRANGER} {TOOK_ON} to {_DUTY}"),
        ("somebody was asked to", rf"{_WHO} {WAS_ASKED} (to|with) {_DUTY}"),
        ("somebody was asked to", rf"{_ASK} ({_SOMEBODY}|{_STRANGER}) (to|with) {_DUTY}"),
        ("somebody is to do it", rf"{_BEGIN}({_NAMES}|{_GROUP}) (is |are )?to {_ASKED}"),
        ("somebody is to do it", rf"^({_SHORT}|{_STRANGER} [A-Z][\w'’-]+) to {_ASKED}"),
        ("somebody will do it", rf"(?<!\w)({_NAMES}|{_GROUP}|{_WE}) (will|shall) {_ASKED}"),
        ("somebody will do it", rf"\b(I|[Ww]e|[Hh]e|[Ss]he|[Tt]hey)['’]ll {_ASKED}"),
        ("somebody should do it", rf"{_WHO} {NOW}{MUST} {_DUTY}"),
        ("somebody should do it", rf"(?<!\w){_NAMES} (will|shall) have to {_ASKED}"),
        ("somebody should do it", rf"^([Ss]till )?([Nn]eeds? to|[Hh]a(ve|s) to|[Mm]ust|[Ll]et['’]?s) {_ASKED}"),
        ("somebody is to do it", rf"\b(falls|fell|is left|was left|goes) to {_NAMES}"),
        ("it is still to be done", rf"{_STILL_TO_BE} {_DONE}\b"),
        (
            "it will come",
            r"\b(is|are|be) forthcoming\b|\b(details|numbers|report|slides|minutes|more) to (follow|come)\b",
        ),
        ("it will come", rf"\bwill follow{_SOON}"),
        ("it will be done", rf"\b(will|shall) be ({_DONE}|ready|available){_SOON}"),
        ("it will be done", rf"\bshould be ({_DONE}|ready|available) {_BY}"),
        ("it is called an action", r"(?i)^(action|todo|to-do|ai)( item)?\s*(:|on\b|for\b)|\bnew action( item)?\b"),
        ("it is called an action", r"\b(tak(e|es|en|ing)|took) (an|the) action\b"),
        ("it is to be followed up", r"(?i)^follow[ -]?up\b(?! (from|of|to) )|\b(to|will|should) follow[ -]?up\b"),
        (
            "it is to be followed up",
            r"(?i)\bfollow[ -]?up (meeting )?((is |are )?(needed|required)|offline|with|next)\b",
        ),
    )
)
_NO_DUTY_TEXT = """
    accept agree allow also always arrive assume be bear been become believe come contain continue cost cover depend
    differ disagree exist expect face feel fit get go happen have hope include just keep know like live mean need never
    no not note only please presumably probably realise realize recall recognise recognize remain remember require scale
    see seem stay still suffer think tolerate understand wait want
"""
# What is no duty: states, and what goes on in a head.
_NO_DUTY = frozenset(_NO_DUTY_TEXT.split())
# What stands behind such a word, in the same clause, is only weighed or hoped for.
_WEIGHED = re.compile(
    r"\b(whether|if|how|what|when|why|where|which|who|unless|until|once|(expect|hope|assume|believe)[sd]?)\b"
    r"(?!.*\b(and|but|so)\b)[^.;:,]*$",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\?[\"'”’)\]]*$")
_TRIMMED = " .!;,"
_LONGEST = 1_000  # characters; nobody says more in a sentence


def find_promise(sentence: str, people: Directory) -> Promise | None:
    """Say what a sentence promises, by the first rule that fits; None when it sounds like no promise."""
    if len(sentence) > _LONGEST or _QUESTION.search(sentence):
        return None
    names = _names(sentence, people)
    shape = _shape(sentence, names)
    for why, rule in _RULES:
        for match in rule.finditer(shape):
            if _is_duty(match) and not _WEIGHED.search(shape, 0, match.start()):
                return _promise(why, match, sentence, names)
    return None


def _names(sentence: str, people: Directory) -> list[Found]:
    """The people named; what is a word too counts where it is written like a name."""

    def is_name(name: Found) -> bool:
        if name.kind is Kind.INITIALS:
            return name.word.isupper()
        return not name.also_word or name.word[:1].isupper()

    return [name for name in people.all_in(sentence, fold(sentence)) if is_name(name)]


def _shape(sentence: str, names: list[Found]) -> str:
    """The sentence with a sign for each name, as long as it was."""
    for name in names:
        sign = "¤".ljust(name.end - name.start, "\0")
        sentence = sentence[: name.start] + sign + sentence[name.end :]
    return sentence


def _is_duty(match: re.Match[str]) -> bool:
    found = match.groupdict()
    duty, asked, stranger = (fold(found.get(group) or "") for group in ("duty", "asked", "stranger"))
    return not {duty, asked} & _NO_DUTY and (not asked or asked in VERBS) and stranger not in VERBS


def _promise(why: str, match: re.Match[str], sentence: str, names: list[Found]) -> Promise:
    group = next((name for name in ("duty", "asked") if name in match.groupdict()), None)
    start, end = (match.start(group), match.start(group)) if group else (0, match.end())
    owners = tuple(name for name in names if match.start() <= name.start < end)
    # By handle they are read for sure; a name that could be two people's is left for capture to ask about.
    who = [f"@{owner.handles[0]}" if len(owner.handles) == 1 else owner.word for owner in owners]
    what = sentence[start:].strip(_TRIMMED)
    return Promise(why, owners, f"{' & '.join(who)} — {what}" if who else what)
