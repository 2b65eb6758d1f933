"""What people type into quick capture, and what should be understood (today is Tuesday 12 May 2020)."""

from __future__ import annotations

from dmlt_tui.notes.capture import Name

PEOPLE = (
    Name("womullane", "Wil O'Mullane", ("Wil",), "WOM"),
    Name("lguy", "Leanne Guy", ("Leanne",), "LG"),
    Name("mbutler", "Unknown User (mbutler)"),
    Name("cslater", "Colin Slater", ("Colin",)),
    Name("ebellm", "Eric Bellm", ("Eric",), "EB"),
    Name("fmueller", "Fritz Mueller", ("Fritz",), "FM"),
    Name("feconomou", "Frossie Economou", ("Frossie",), "FE"),
    Name("gpdf", "Gregory Dubois-Felsmann", ("Gregory",), "GPDF"),
    Name("jkantor", "Jeff Kantor", ("Jeff",), "JK"),
    Name("jbosch", "Jim Bosch", ("Jim",), "JB"),
    Name("ktlim", "Kian-Tat Lim", ("Kian-Tat",), "KT"),
    Name("rgruendl", "Robert Gruendl", (), "RG"),
    Name("rlupton", "Robert Lupton", (), "RHL"),
    Name("skrughoff", "Simon Krughoff", ("Simon",), "SK"),
    Name("tjenness", "Tim Jenness", ("Tim",), "TJ"),
    Name("yalsayyad", "Yusra AlSayyad", ("Yusra",), "YA"),
    Name("zivezic", "Zeljko Ivezić", ("Zeljko", "Željko")),
    Name("jswinbank", "John Swinbank", ("John",), "JDS"),
    Name("bblum", "Bob Blum", ("Bob",)),
    Name("rdubois", "Richard Dubois", ("Richard",), "RD"),
    Name("fhernandez", "Fabio Hernandez", ("Fabio",)),
    Name("csilva", "Cristián Silva", ("Cristián",)),
    Name("jmueller", "Jörg Müller", (), "IT"),
    Name("mlee", "Mark Lee"),
)

# What is typed, and below it: owners, due date, the words left (= when nothing was taken out), candidates of a name
# that fits several. The first group has the forms of the team's own pages.
TABLE = """
Fritz Mueller — sit down with the LDF about how the APDB is laid out. 06 Jul 2020
    fmueller | 2020-07-06 | sit down with the LDF about how the APDB is laid out.
Wil O'Mullane & Colin Slater — Close DM-23658. 06 Jul 2020
    womullane cslater | 2020-07-06 | Close DM-23658.
Colin Slater — Extend LDM-153 by the meaning of NULL DM-25926 06 Jul 2020
    cslater | 2020-07-06 | Extend LDM-153 by the meaning of NULL DM-25926
Fritz Mueller — Outline a technote on loading. (Ticketed: DM-26341) 03 Aug 2020
    fmueller | 2020-08-03 | Outline a technote on loading. (Ticketed: DM-26341)
John Swinbank to start a thread with Chris Waters on the note (DMTN-148).21 May 2020
    jswinbank | 2020-05-21 | start a thread with Chris Waters on the note (DMTN-148).
DMTN-148 is nearly ready suggest 2 weeks for comments by all. 15 Jun 2020
    | 2020-06-15 | DMTN-148 is nearly ready suggest 2 weeks for comments by all.
Frossie Economou Will propose more Level 3 milestones. 15 Mar 2022
    feconomou | 2022-03-15 | propose more Level 3 milestones.
Kian-Tat Lim Call Colin, Tim, Robert, Yusra together about the graph. 18 Mar 2022
    ktlim | 2022-03-18 | Call Colin, Tim, Robert, Yusra together about the graph.
Bring people together to redraw the diagram and its legend Yusra AlSayyad 30 Nov 2023
    yalsayyad | 2023-11-30 | Bring people together to redraw the diagram and its legend
Gregory Dubois-Felsmann Finish DMTN-105 with a goal 11 Dec 2023
    gpdf | 2023-12-11 | Finish DMTN-105 with a goal
Frossie Economou - you hold some words for PSTN-017 02 May 2024
    feconomou | 2024-05-02 | you hold some words for PSTN-017
The UKDF chapter in PSTN-017 22 May 2024
    | 2024-05-22 | The UKDF chapter in PSTN-017
Richard Dubois USDF chapter in PSTN-017 and processing elsewhere ? 22 May 2024
    rdubois | 2024-05-22 | USDF chapter in PSTN-017 and processing elsewhere ?
Cristián Silva - chapter on the summit/cameras for PSTN-017 22 May 2024
    csilva | 2024-05-22 | chapter on the summit/cameras for PSTN-017
Unknown User (mbutler) to find people 1m
    mbutler | 2020-06-12 | find people
Unknown User (mbutler) — find people
    mbutler | | find people
mbutler: find people
    mbutler | | find people

fritz engage with the LDF 2w
    fmueller | 2020-05-26 | engage with the LDF
@fmueller engage with the LDF due:2020-07-06
    fmueller | 2020-07-06 | engage with the LDF
@FMueller, @cslater: write it down fri
    fmueller cslater | 2020-05-15 | write it down
@newcomer look at the alert stream
    newcomer | | look at the alert stream
engage with the LDF on DM-23881 @fritz
    fmueller | | engage with the LDF on DM-23881
wil and colin to sketch the data model by 15 Jun
    womullane cslater | 2020-06-15 | sketch the data model
wil, colin & tim: sketch the data model in 2 weeks
    womullane cslater tjenness | 2020-05-26 | sketch the data model
Tim / Robert Gruendl: timeline for Gen 2, eom
    tjenness rgruendl | 2020-05-31 | timeline for Gen 2
ivezic to ask the SAC about colours
    zivezic | | ask the SAC about colours
ŽELJKO: ask the SAC
    zivezic | | ask the SAC
Ivezić should find a referee next week
    zivezic | 2020-05-22 | find a referee
cristian silva – bandwidth to the summit
    csilva | | bandwidth to the summit
omullane to call NSF tomorrow
    womullane | 2020-05-13 | call NSF
O’Mullane to call NSF
    womullane | | call NSF
Dubois-Felsmann: check PyVO
    gpdf | | check PyVO
KT to certify the calibrations
    ktlim | | certify the calibrations
kt send the architecture plans fri
    ktlim | 2020-05-15 | send the architecture plans
GPDF/EB: follow up on IVOA
    gpdf ebellm | | follow up on IVOA
RHL to define the visit
    rlupton | | define the visit
J. Swinbank to publish the minutes
    jswinbank | | publish the minutes
Müller: plot the seeing
    jmueller | | plot the seeing
Fritz will draft the procedure by end of June
    fmueller | 2020-06-30 | draft the procedure
Simon needs to book the room
    skrughoff | | book the room
Fritz, please engage with the LDF
    fmueller | | please engage with the LDF
Fritz please engage with the LDF, 1 week
    fmueller | 2020-05-19 | please engage with the LDF
Fritz: to engage with the LDF
    fmueller | | engage with the LDF
- [ ] Fritz: engage with the LDF
    fmueller | | engage with the LDF
Action: Yusra to list the pipelines that need Gen3
    yalsayyad | | list the pipelines that need Gen3
tim slide deck for the PST
    tjenness | | slide deck for the PST
Jim Bosch write up dataset types due 2020-08-01
    jbosch | 2020-08-01 | write up dataset types
Leanne: @ebellm to give a talk at the PCW, aug 10
    lguy | 2020-08-10 | @ebellm to give a talk at the PCW
Mark: check the ticket
    mlee | | check the ticket
Update the DPDD — Leanne
    lguy | | Update the DPDD
Update the DPDD (Leanne Guy) by fri
    lguy | 2020-05-15 | Update the DPDD
Update the DPDD - Leanne & Colin, eow
    lguy cslater | 2020-05-15 | Update the DPDD
Update the DPDD -> leanne
    lguy | | Update the DPDD
Review DMTN-148 by fri tim
    tjenness | 2020-05-15 | Review DMTN-148
Review the milestones. Simon
    skrughoff | | Review the milestones.

Robert: report on OCPS
    | | = | rgruendl/rlupton
robert and fritz to write a proposal 2w
    | 2020-05-26 | robert and fritz to write a proposal | rgruendl/rlupton
Write the proposal — Robert
    | | = | rgruendl/rlupton
Mueller to fix ingest
    | | = | fmueller/jmueller
@robert to fix ingest
    | | = | rgruendl/rlupton

talk to Fritz Mueller about the APDB
    | | =
Discuss the visit definition with Robert Lupton
    | | =
Discuss the visit definition with Robert Lupton by 15 Jun
    | 2020-06-15 | Discuss the visit definition with Robert Lupton
Set up a review by Tim
    | | =
Email Fritz Mueller
    | | =
Thank the outgoing manager John Swinbank
    | | =
Send the numbers to operations (Bob)
    | | =
Jim believes quantum graphs will scale
    | | =
Jeff Kantor is preparing for data transfers
    | | =
Robert asks when we start
    | | =
Wil hopes to structure the FOA
    | | =
Bob Blum contacted by Wil
    | | =
Fritz will be away in July
    | | =
Colin Jones to review the note
    | | =
tim smith to review the note
    | | =
Anna Mueller to review the note
    | | =
Fritz's proposal needs a review
    | | =
Fritz and the LDF to agree on a schema
    | | =
Fritz & Andy Salnikov — finish the prototype
    | | =
mark the ticket as done
    | | =
guy ropes for the dome
    | | =
IT to reset the password
    | | =
could fritz check qserv
    | | =
Who owns calibration? John to find out
    | | =
publish the minutes of 12 May
    | | =
meet every friday
    | | =
agree on 06/07
    | | =
mail dm-camelot@example.org about the password
    | | =
fritz
    | | =
tomorrow
    | | =
"""

# Sentences a person would understand, and the program does not: better nothing than a guess.
NOT_UNDERSTOOD = """
Tim J to write up the registry
[Wil] update LDM-294
Update LDM-294, Wil
Prepare the numbers Fabio Hernandez
John Swinbank will be the point of contact for SLAC
Wil O'Mullane (with John): rebaseline
Who owns calibration? John to find out
fritz: 2w engage with the LDF
DM-24555 Tim
check qserv fritz
tim can you check the docs
Jeff K. test the transfer
"""


def rows() -> list[tuple[str, tuple[str, ...], str, str, str]]:
    """The table as (typed, owners, due date or empty, text, candidates)."""
    lines = [line for line in TABLE.splitlines() if line]
    found = []
    for typed, expected in zip(lines[::2], lines[1::2], strict=True):
        owners, due, text, *candidates = (cell.strip() for cell in expected.split("|"))
        found.append((typed, tuple(owners.split()), due, typed if text == "=" else text, "".join(candidates)))
    return found
