"""Words that tell whether a name beside them owns an action (English, as the meetings are held)."""

from __future__ import annotations

# What may follow a name that stands for its owner without a dash: what people are asked to do.
_VERB_TEXT = """
    absorb accelerate accept accompany acknowledge acquire act activate adapt add address adjust administer adopt
    advertise advise advocate agree alert align allocate allow alter amend analyse analyze annotate announce answer
    append apply appoint approach approve archive arrange articulate ask assemble assess assign assist assume attach
    attempt attend audit augment authorise authorize automate avoid back baseline be begin benchmark block book
    borrow break bridge brief bring build bundle buy cache calculate calibrate call cancel capture categorise
    categorize cater certify chair champion change charge chart chase check choose circulate cite claim clarify
    classify clean clone close coach code collaborate collapse collate collect combine come comment commission
    commit communicate compare compile complete compose compress compute conclude condense conduct configure confirm
    connect consent consider consolidate construct consult contact continue contribute control convene convert
    convince coordinate copy correct cost count create cross-check curate customise cut deal debate debrief debug
    decide declare decommission decouple dedicate defend defer define delay delegate delete deliver demo demonstrate
    deploy deprecate derive descope describe design detail detect determine develop devise diagnose dig direct
    disable discard disclose discover discuss dismantle dispatch display distribute dive divide do document double
    double-check downgrade download draft draw drive drop dry-run dump duplicate edit elaborate eliminate email
    embed employ emulate enable encourage end endorse enforce engage enlist enquire enrich ensure enter equip
    escalate establish estimate evaluate examine exchange exclude execute exercise expand expedite experiment
    explain explore export expose express extend extract facilitate familiarise feed fetch field figure file fill
    filter finalise finalize find finish fit fix flag flesh focus follow follow-up formalise formalize format
    formulate forward freeze fulfil fund gather generate get give go guarantee guide halt hand handle harmonise help
    highlight hire hold host hunt identify illustrate implement import improve include incorporate inform ingest
    initiate inject inquire insert inspect install instruct instrument integrate interface interview introduce
    invest investigate invite issue itemise iterate join justify keep label land launch lay lead learn leave lend
    let level leverage liaise limit link list load lobby locate lock log look lower maintain make manage map match
    measure meet mentor merge migrate minimise minimize mirror mock model moderate modernise modify monitor mount
    move name negotiate nominate normalise normalize note notify nudge number obtain offer offload onboard open
    operate optimise optimize order organise organize outline oversee own pack package parametrise park parse
    participate pass patch pause pay perform permit persuade petition phase phone pick ping pinpoint pitch place
    plan please plot point polish poll populate port position post pre-allocate predict prepare present preview
    print prioritise prioritize probe process procure produce profile program promote proofread propose protect
    prototype prove provide prune publicise publicize publish pull punt purchase purge pursue push put qualify
    quantify quarantine query question quote raise rank rate ratify re-baseline re-evaluate re-run reach react
    reactivate read realign reallocate reassess reassign rebase rebaseline rebuild recalculate recalibrate recap
    recheck reclaim reclassify recommend recommission recompute reconcile reconfirm reconsider record recover
    recruit redesign redirect redistribute redo redraft redraw reduce reevaluate refactor refine refocus reformat
    refresh regenerate register reinstate reject relabel relax relay release relocate remap remind remove rename
    renew reopen reorganise repeat rephrase replace replan replicate reply report reprioritise reprocess reproduce
    request rerun reschedule research reserve reset reshape resize resolve respond restart restate restore
    restructure resubmit resume retain retest rethink retire retrain retrieve retry return reuse revert review
    revise revisit revive reword rework rewrite roll rotate route run sample satisfy save say scale scan schedule scope
    script search secure see seed seek select send separate serve set settle setup shape share shepherd shift ship
    shorten show shut sign sign-off simplify simulate sit size sketch skip smooth socialise solicit solve sort
    source speak specify spell spend split sponsor spot spread staff stage standardise standardize start state steer
    step stop store streamline strengthen structure study submit subscribe suggest summarise summarize supply
    support survey swap switch sync synchronise tabulate tackle tag tailor take talk target teach tell template
    terminate test thank think tidy tighten time trace track train transcribe transfer transform transition
    translate travel treat triage trim troubleshoot try tune turn tweak type unblock understand undertake undo unify
    unpack update upgrade upload use validate verify vet visit vote wait walk watch weigh widen wire withdraw word
    work wrap write
"""
VERBS = frozenset(_VERB_TEXT.split())
# Words that make a line behind a name tell about somebody, instead of asking for something.
# SAID makes it so even behind a dash or colon, where minutes say who spoke ("Tim - no agreement yet").
_SAID_TEXT = """
    agreed agrees argues asks believes came can't cannot comes couldn't didn't does doesn't expects feels gave goes
    good got had hadn't has hasn't he hopes i is isn't knew knows made maybe never no not perhaps said saw says she
    suggests they thinks thought told took wants warns was wasn't we went were won't wonders wouldn't wrote yes
"""
_STATE_TEXT = """
    absent afraid aware available away back busy certain confident due et fine free glad gone good happy here ill
    keen late ok okay quite rather ready sceptical sick skeptical sorry sure there unable unavailable unaware
    uncertain unclear unhappy unsure very
"""
_TELLING_TEXT = """
    a about again already also am an and are as at be been but by can could did don't for from gets have in it just
    may means might now of on only or out since still that the their then well when where which who whose why with
    would yet you
"""
SAID = frozenset(_SAID_TEXT.split())
TELLING = SAID | frozenset(_STATE_TEXT.split()) | frozenset(_TELLING_TEXT.split())
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

# What stands before a thing ("the plan"), so that the word behind is no verb.
ARTICLES = frozenset(("a", "an", "its", "our", "that", "the", "their", "these", "this", "those", "your"))

# How a promise is told, as parts of patterns: behind a name, and before "to" and what is promised.
NOW = r"(?:also |then |now |first |really |therefore |all |both )?"
_TOOK_ON = r"agree[sd]?|volunteer(?:s|ed)?|offer(?:s|ed)?|promise[sd]?|commit(?:s|ted)?|undert(?:akes?|ook)|signed up"
TOOK_ON = rf"(?:(?:has |have )?{NOW}(?:{_TOOK_ON})|(?:is|are) {NOW}going)"
WAS_ASKED = r"(?:(?:has been|have been|is|are|was|were|should be|will be) (?:asked|charged|tasked|invited|requested))"
# What somebody is bound to, with the "to" where it needs one.
MUST = r"(?:should|must|ought to|needs? to|has to|have to)"
