"""Which sentences of minutes sound like a promise, and what they promise."""

from __future__ import annotations

from datetime import date

import pytest

from dmlt_tui.notes.capture import understand
from dmlt_tui.notes.names import Name, directory
from dmlt_tui.notes.promises import find_promise

PEOPLE = (
    Name("womullane", "Wil O'Mullane", ("Wil",), "WOM"),
    Name("fmueller", "Fritz Mueller", ("Fritz",), "FM"),
    Name("cslater", "Colin Slater", ("Colin",)),
    Name("rgruendl", "Robert Gruendl"),
    Name("rlupton", "Robert Lupton"),
    Name("mbutler", "Unknown User (mbutler)"),
    Name("lguy", "Leanne Guy", ("Leanne",), "LG"),
    Name("wwill", "Will Hope"),
)
DIRECTORY = directory(PEOPLE)

# What is promised, as it is offered to quick capture; names that are known stand first.
PROMISES = {
    "Unknown User (mbutler) agreed to provide staffing to make this possible.": (
        "@mbutler — provide staffing to make this possible"
    ),
    "We agreed to prioritise the production of a DMTN.": "prioritise the production of a DMTN",
    "We agreed that Wil and Colin Slater should be charged with making this happen.": (
        "@womullane & @cslater — making this happen"
    ),
    "Fritz Mueller should write up a proposed procedure for ingest.": (
        "@fmueller — write up a proposed procedure for ingest"
    ),
    "He should draw on expertise from across the project.": "draw on expertise from across the project",
    "We encourage the DAX team to convert DM-23881 to a technote.": "convert DM-23881 to a technote",
    "We agreed that the best way to proceed is for Robert Gruendl to develop a prototype.": (
        "@rgruendl — develop a prototype"
    ),
    "Features may be computed twice; a recommendation from Leanne will be forthcoming.": (
        "Features may be computed twice; a recommendation from Leanne will be forthcoming"
    ),
    "Follow-up on discussion within the DM-SST.": "Follow-up on discussion within the DM-SST",
    "We should ask NCSA for more test nodes.": "ask NCSA for more test nodes",
    "We need to decide where the prompt products live.": "decide where the prompt products live",
    "Need to check the certificates before the rehearsal": "check the certificates before the rehearsal",
    "Robert to report on the OCPS": "Robert — report on the OCPS",
    "Wil to send the slides round": "@womullane — send the slides round",
    "FM to check with the LDF": "@fmueller — check with the LDF",
    "@lguy will draft the charge": "@lguy — draft the charge",
    "Leanne and Fritz will meet before Tuesday.": "@lguy & @fmueller — meet before Tuesday",
    "Leanne volunteered to chair the session in Tucson.": "@lguy — chair the session in Tucson",
    "Colin has offered to review it by Friday": "@cslater — review it by Friday",
    "Wil is going to talk to the agencies.": "@womullane — talk to the agencies",
    "Colin and Wil both agreed to review it.": "@cslater & @womullane — review it",
    "Colin and Wil will have to merge it.": "@cslater & @womullane — merge it",
    "Ben Wilson agreed to look into the filings.": "look into the filings",
    "It was late, and Hadrien agreed to write the minutes": "write the minutes",
    "Chris Waters to comment on DMTN-148": "comment on DMTN-148",
    "NCSA to provide two test nodes": "provide two test nodes",
    "The data facility team will provide numbers next week.": "provide numbers next week",
    "Each group should send its plans": "send its plans",
    "Colin was asked to summarise the options.": "@cslater — summarise the options",
    "Asked Fritz to look into it": "@fmueller — look into it",
    "We'll revisit this in June": "revisit this in June",
    "Let's schedule a longer slot": "schedule a longer slot",
    "The milestones need to be renamed.": "The milestones need to be renamed",
    "The policy is still to be written": "The policy is still to be written",
    "A date will be announced next week.": "A date will be announced next week",
    "The report should be ready by the end of May": "The report should be ready by the end of May",
    "More details to follow.": "More details to follow",
    "The slides will follow": "The slides will follow",
    "Action: Wil, talk to the agencies": "Action: Wil, talk to the agencies",
    "Wil takes the action.": "Wil takes the action",
    "Seeing it through falls to Wil": "@womullane — Seeing it through falls to Wil",
    "Somebody has to update the wiki": "update the wiki",
    "I will circulate a draft": "circulate a draft",
}

NO_PROMISES = (
    "We should not expect to have a resolution by the end of this calendar year.",
    "Should we ask NCSA for more nodes?",
    "We discussed whether we should ask NCSA for more nodes.",
    "It is not clear who should write it.",
    "If we need to move, the lease ends in May.",
    "Fritz needed to leave early.",
    "Wil will have to wait until the lease ends.",
    "Wil agreed.",
    "Wil agreed that the schedule is tight.",
    "We agreed that it is impossible to converge on answers.",
    "The platform for batch processing will be Condor.",
    "The transition to future USDF will include a transition from NCSA.",
    "Jeff will be on leave until June.",
    "They will have to follow a process.",
    "We have to live with bad metrics until it kicks in.",
    "Shared users will be handled by naming conventions rather than technical mechanisms.",
    "Expect that a DOE review committee will evaluate responses to the FOA.",
    "In principle, bad values should be fed back to the developers as bugs.",
    "Early July should bring the first results.",
    "The decision should come in July.",
    "The POC is to repeat what NCSA does on Gen3 middleware.",
    "More test nodes are needed to fully understand scaling.",
    "Some relevant text is to be found in the data model.",
    "Wil O'Mullane has budget which can be used to procure more resources.",
    "Robert would like flexibility.",
    "Leanne asked whether the note is ready.",
    "Plans to merge the two were dropped.",
    "Will the note be ready?",
    "A will is needed to build the road.",
    "Victor asked how the baseline will be set.",
    "The timing on this should be up to Fritz Mueller.",
    "He should feel free to skip it.",
    "The expectation is a 12 month delay with a cost of $3.5M per month.",
    "Following up the talk of last year, Leanne showed new plots.",
    "Everybody has to understand the new model.",
    "The review of action items took ten minutes.",
    "",
)


@pytest.mark.parametrize(("sentence", "action"), PROMISES.items())
def test_a_promise_is_found_and_put_as_quick_capture_takes_it(sentence: str, action: str) -> None:
    found = find_promise(sentence, DIRECTORY)
    assert found is not None
    assert found.action == action


@pytest.mark.parametrize("sentence", NO_PROMISES)
def test_what_promises_nothing_is_let_be(sentence: str) -> None:
    assert find_promise(sentence, DIRECTORY) is None


def test_every_rule_is_tried_by_a_sentence_here() -> None:
    reasons = {found.why for sentence in PROMISES if (found := find_promise(sentence, DIRECTORY))}
    assert reasons == {
        "somebody took it on",
        "somebody was asked to",
        "somebody is to do it",
        "somebody will do it",
        "somebody should do it",
        "it is still to be done",
        "it will come",
        "it will be done",
        "it is called an action",
        "it is to be followed up",
    }


@pytest.mark.parametrize(("sentence", "action"), PROMISES.items())
def test_quick_capture_reads_the_owners_of_what_is_offered(sentence: str, action: str) -> None:
    found = find_promise(sentence, DIRECTORY)
    assert found is not None
    understood = understand(action, PEOPLE, date(2020, 5, 12))
    sure = {name.handles[0] for name in found.names if len(name.handles) == 1}
    asked = [name.word for name in found.names if len(name.handles) > 1]
    assert sure <= set(understood.owners) or asked
    assert [one.word for one in understood.ambiguous] == asked
