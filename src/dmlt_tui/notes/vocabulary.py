"""Words that tell whether a name beside them owns an action (English, as the meetings are held)."""

from __future__ import annotations

# What may follow a name that stands for its owner without a dash: what people are asked to do.
_VERB_TEXT = """
    accept act adapt add address adjust advertise advise agree align allocate analyse analyze announce answer apply
    arrange articulate ask assemble assess assign assist attend audit augment automate baseline be begin benchmark book
    brief bring build calculate calibrate call cancel capture categorise categorize chair change chase check circulate
    clarify clean close collaborate collate collect combine come comment communicate compare compile complete compute
    confirm connect consider consolidate construct consult contact continue contribute convene convert convince
    coordinate copy correct cost create cut debug decide declare define delete deliver demonstrate deploy deprecate
    describe design determine develop diagnose disable discuss distribute do document double-check draft draw drive
    drop edit email enable encourage enforce engage enquire ensure escalate establish estimate evaluate examine execute
    expand explain explore extend figure file fill finalise finalize find finish fix flag flesh focus follow follow-up
    forward freeze gather generate get give go handle help highlight hold identify implement import improve include
    incorporate inform ingest initiate inquire inspect install integrate interface introduce investigate invite iterate
    join keep lead learn let liaise link list look maintain make manage map measure meet merge migrate modify monitor
    move name nominate note notify nudge obtain open optimise optimize order organise organize outline own participate
    pass perform phone pick ping plan please poll port post prepare present prioritise prioritize process procure
    produce profile promote propose provide publicise publish pull purge push put query raise re-run read rebase
    recommend reconcile record recruit reduce refactor refine refresh register reinstate release remind remove rename
    renew reopen reorganise repeat replace reply report reproduce request rerun research reserve resolve respond
    restart restore retire retrieve return review revise revisit rewrite run save say schedule scope search see seek
    select send separate set setup share show sign simplify sketch solicit solve sort specify split stage start state
    stop study submit suggest summarise summarize supply support survey switch sync take talk tell test thank think
    tidy track train transfer translate triage try turn understand unify update upgrade upload use validate verify
    visit vote wait walk work wrap write
"""
VERBS = frozenset(_VERB_TEXT.split())
# Words that make a line behind a name tell about somebody, instead of asking for something.
_TELLING_TEXT = """
    a about again agreed already also am an and are as at be been believes but by came can can't cannot comes could
    couldn't currently did didn't does doesn't don't for from gave gets goes got had hadn't has hasn't have he in
    is isn't it just knew knows made may means might never no not now of on only or out said saw says she since still
    that the their then they thinks thought told took wants was wasn't we well went were when where which who whose
    why with won't would wouldn't wrote yet you
"""
TELLING = frozenset(_TELLING_TEXT.split())
# Words behind "NAME do" that make it a question to somebody ("Tim do we have a date").
ASKED_BACK = frozenset(("i", "people", "they", "we", "you"))
# Words before a name at the end of a line that make it a part of the sentence ("talk to Tim", "manager Tim").
_TIE_TEXT = """
    a about after against among an and around as at because before behind between but by cc dear for from his in
    including into like named nor of on or our over per than thanks that the their through to toward towards under
    until upon versus via vs when where which while who with without your author chair colleague director dr leader
    manager mr mrs ms pi prof professor scientist speaker user
"""
TIES = frozenset(_TIE_TEXT.split())

# How a promise is told, as parts of patterns: behind a name, and before "to" and what is promised.
NOW = r"(?:also |then |now |first |really |therefore |all |both )?"
_TOOK_ON = r"agree[sd]?|volunteer(?:s|ed)?|offer(?:s|ed)?|promise[sd]?|commit(?:s|ted)?|undert(?:akes?|ook)|signed up"
TOOK_ON = rf"(?:(?:has |have )?{NOW}(?:{_TOOK_ON})|(?:is|are) {NOW}going)"
WAS_ASKED = r"(?:(?:has been|have been|is|are|was|were|should be|will be) (?:asked|charged|tasked|invited|requested))"
# What somebody is bound to, with the "to" where it needs one.
MUST = r"(?:should|must|ought to|needs? to|has to|have to)"
