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
    fmueller | |
fritz 2w
    fmueller | 2020-05-26 |
wil and colin to
    womullane cslater | |
tomorrow
    | 2020-05-13 |
mark
    | | =


Yusra AlSayyad & Eric Bellm — Define what difference imaging metrics go into the dashboard. 29 May 2020
    yalsayyad ebellm | 2020-05-29 | Define what difference imaging metrics go into the dashboard.
Leanne Guy to circulate the draft survey to the science collaborations 22 May 2020
    lguy | 2020-05-22 | circulate the draft survey to the science collaborations
Leanne to circulate the survey by end of month
    lguy | 2020-05-31 | circulate the survey
Simon Krughoff — Organise a working meeting on calibration products, invite Robert Lupton. 05 Jun 2020
    skrughoff | 2020-06-05 | Organise a working meeting on calibration products, invite Robert Lupton.
Tim Jenness: Gen3 middleware timeline to the PMCS 1 Jun
    tjenness | 2020-06-01 | Gen3 middleware timeline to the PMCS
Wil will talk to Bob Blum about the commissioning cluster. 20 May 2020
    womullane | 2020-05-20 | talk to Bob Blum about the commissioning cluster.
Frossie to write an RFC on notebook retention, 3 weeks
    feconomou | 2020-06-02 | write an RFC on notebook retention
Gregory to present VO plans at the June meeting
    gpdf | | present VO plans at the June meeting
KT and Tim to decide on the butler registry schema by friday
    ktlim tjenness | 2020-05-15 | decide on the butler registry schema
Jim to file a ticket for the visit definition DM-24938
    jbosch | | file a ticket for the visit definition DM-24938
file a ticket for the visit definition DM-24938 @jbosch by fri
    jbosch | 2020-05-15 | file a ticket for the visit definition DM-24938
All T/CAMs to update their milestones by 15 June 2020
    | 2020-06-15 | All T/CAMs to update their milestones
Everyone: read DMTN-151 before next week
    | 2020-05-22 | Everyone: read DMTN-151
someone needs to check the APDB sizing
    | | =
Fritz Mueller and Colin Slater will work out a schedule for the ingest tests. 08 Jun 2020
    fmueller cslater | 2020-06-08 | work out a schedule for the ingest tests.
Send Leanne the list of missing requirements — Eric, 19 May
    ebellm | 2020-05-19 | Send Leanne the list of missing requirements
Eric to send Leanne the list of missing requirements, 19 May
    ebellm | 2020-05-19 | send Leanne the list of missing requirements
John to follow up with NCSA on the disk purchase 5/22
    jswinbank | | follow up with NCSA on the disk purchase 5/22
John to follow up with NCSA on the disk purchase by 22 May.
    jswinbank | 2020-05-22 | follow up with NCSA on the disk purchase
Robert Gruendl: rerun HSC with w_2020_19 2w
    rgruendl | 2020-05-26 | rerun HSC with w_2020_19
@rgruendl rerun HSC with w_2020_19 2w
    rgruendl | 2020-05-26 | rerun HSC with w_2020_19
RG rerun HSC with w_2020_19 in a week
    rgruendl | 2020-05-19 | rerun HSC with w_2020_19
Jeff Kantor, Fabio Hernandez: network test plan SLAC – CC-IN2P3 30 Jun 2020
    jkantor fhernandez | 2020-06-30 | network test plan SLAC – CC-IN2P3
Jeff Kantor/Fabio Hernandez network test plan 30 Jun 2020
    jkantor fhernandez | 2020-06-30 | network test plan
Zeljko Ivezić — Ask the SAC for input on the cadence of templates. 12 Jun 2020
    zivezic | 2020-06-12 | Ask the SAC for input on the cadence of templates.
schedule a pipelines review with Yusra and Jim in 2 weeks
    | 2020-05-26 | schedule a pipelines review with Yusra and Jim
Colin: look into AP association (DM-24500) next fri
    cslater | 2020-05-22 | look into AP association (DM-24500)
Bob to get back to us about operations rehearsals
    bblum | | get back to us about operations rehearsals
Richard Dubois will check with SLAC whether May works
    rdubois | | check with SLAC whether May works
Wil — rewrite LDM-294 section 4, eoy
    womullane | 2020-12-31 | rewrite LDM-294 section 4
Prepare slides for the JTM (Leanne)
    lguy | | Prepare slides for the JTM
Prepare slides for the JTM [Leanne, Wil]
    lguy womullane | | Prepare slides for the JTM
Prepare slides for the JTM, owner: Leanne, due 1 July
    lguy | 2020-07-01 | Prepare slides for the JTM
[ ] Leanne prepare slides for the JTM 1 July
    lguy | 2020-07-01 | prepare slides for the JTM
AI: Leanne to prepare slides for the JTM
    lguy | | prepare slides for the JTM
TODO Leanne: prepare slides
    lguy | | prepare slides
* [ ] @lguy prepare slides due:2020-07-01
    lguy | 2020-07-01 | prepare slides
Leanne is to prepare slides 1 July 2020
    lguy | 2020-07-01 | prepare slides
Leanne's team to prepare slides
    | | =
Leanne agreed to prepare slides
    lguy | | prepare slides
Ask Leanne to prepare slides
    | | =
Ask Leanne to prepare slides — Wil
    womullane | | Ask Leanne to prepare slides
We should prepare slides
    | | =
Wil asks Leanne to prepare slides
    | | =
Wil ask Leanne to prepare slides
    womullane | | ask Leanne to prepare slides
Wil: ask Leanne; Tim: call Jim
    womullane | | ask Leanne; Tim: call Jim
Fritz: estimate load times (with Colin) tue
    fmueller | 2020-05-19 | estimate load times (with Colin)
Fritz do the load test
    fmueller | | do the load test
Fritz does the load test
    | | =
Tim do we have a date for Gen3
    | | =
fritz did the load test
    | | =
fritz engage with LDF tomorrow
    fmueller | 2020-05-13 | engage with LDF
fritz engage with LDF 30 Feb
    fmueller | | engage with LDF 30 Feb
fritz engage with LDF 2020-13-01
    fmueller | | engage with LDF 2020-13-01
fritz engage with LDF due:2020-06-31
    fmueller | | engage with LDF due:2020-06-31
fritz engage with LDF end of next month
    fmueller | 2020-06-30 | engage with LDF
fritz engage with LDF asap
    fmueller | | engage with LDF asap
fritz engage with LDF Q3
    fmueller | | engage with LDF Q3
fritz engage with LDF before the PCW
    fmueller | | engage with LDF before the PCW
fritz engage with LDF monday
    fmueller | 2020-05-18 | engage with LDF
fritz engage with LDF june 2020
    fmueller | | engage with LDF june 2020
fritz engage with LDF in june
    fmueller | | engage with LDF in june
fritz engage with LDF (by 1 June)
    fmueller | 2020-06-01 | engage with LDF
Jim Bosch to merge DM-21849 2020/06/01
    jbosch | | merge DM-21849 2020/06/01
Jim Bosch to merge DM-21849 01.06.2020
    jbosch | | merge DM-21849 01.06.2020
Mark Lee to mark the tickets
    mlee | | mark the tickets
mark lee mark the tickets fri
    mlee | 2020-05-15 | mark the tickets
Unknown User (mbutler) to send photos of the pipeline poster. 22 May 2020
    mbutler | 2020-05-22 | send photos of the pipeline poster.
Kian-Tat: confirm with IPAC that the transfer on 3 May was complete
    ktlim | | confirm with IPAC that the transfer on 3 May was complete
Simon to write a page on ISR, Robert Lupton to review it 26 May
    skrughoff | 2020-05-26 | write a page on ISR, Robert Lupton to review it
Simon write a page on ISR then Yusra reviews
    skrughoff | | write a page on ISR then Yusra reviews
Provide feedback on DMTN-148 to John Swinbank 25 May 2020
    | 2020-05-25 | Provide feedback on DMTN-148 to John Swinbank
Provide feedback on DMTN-148 John Swinbank 25 May 2020
    jswinbank | 2020-05-25 | Provide feedback on DMTN-148
Tim, Jim: dataset types
    tjenness jbosch | | dataset types
Fritz+Colin: dataset types fri
    fmueller cslater | 2020-05-15 | dataset types
fritz/colin: dataset types in two weeks
    fmueller cslater | 2020-05-26 | dataset types
fritz -> dataset types
    fmueller | | dataset types
Fritz Mueller to provide new numbers . 06 Jul 2020
    fmueller | 2020-07-06 | provide new numbers .
Frossie Economou — “RSP” rollout for \\$3.5M 15 Jun 2020
    feconomou | 2020-06-15 | “RSP” rollout for \\$3.5M
fritz engage with LDF by COB friday
    fmueller | 2020-05-15 | engage with LDF
Cristián to upgrade the base router on 18 May
    csilva | 2020-05-18 | upgrade the base router
Will Fritz attend on 5 June?
    | | =
Leanne and her team to prepare slides
    | | =
Tim do you have a date for Gen3
    | | =

Frossie agreed to send it by 1 Dec
    feconomou | 2020-12-01 | send it
@feconomou agreed to send it
    feconomou | | send it
Eric is going to recommend one
    ebellm | | recommend one
Frossie will have a plan by 1 Jun
    feconomou | 2020-06-01 | have a plan
Frossie will have a plan
    | | =
Leanne will have a day off on 1 Jun
    | 2020-06-01 | Leanne will have a day off
Colin and Tim will have to merge it
    cslater tjenness | | merge it
Tim volunteered to chair the session in Tucson
    tjenness | | chair the session in Tucson
Wil promised to talk to the agencies next week
    womullane | 2020-05-22 | talk to the agencies
Fritz Mueller has agreed to write up the procedure 2w
    fmueller | 2020-05-26 | write up the procedure
Colin & Tim have both offered to review DMTN-148
    cslater tjenness | | review DMTN-148
Colin and Tim both agreed to review DMTN-148
    cslater tjenness | | review DMTN-148
KT undertook to find a referee, fri
    ktlim | 2020-05-15 | find a referee
Yusra was asked to summarise the options
    yalsayyad | | summarise the options
John ought to ask NCSA for the numbers
    jswinbank | | ask NCSA for the numbers
Jim and Bob are going to compare the numbers by 15 Jun
    jbosch bblum | 2020-06-15 | compare the numbers
Robert agreed to send it
    | | = | rgruendl/rlupton
Fritz agreed to the schema
    | | =
Fritz agreed with the schema
    | | =
Fritz agreed not to send it
    | | =
Wil committed to the plan
    | | =
Tim is going to Chile on 1 Jun
    | 2020-06-01 | Tim is going to Chile
Tim is going to be away
    | | =
Eric agreed that Tim should write it
    | | =
Frossie never agreed to send it
    | | =
tim smith agreed to review the note
    | | =
Tim J to write up the registry
    tjenness | | write up the registry
[Wil] update LDM-294
    womullane | | update LDM-294
Jeff K. test the transfer
    jkantor | | test the transfer
"""

# Sentences a person would understand, and the program does not: better nothing than a guess.
NOT_UNDERSTOOD = """
Update LDM-294, Wil
Prepare the numbers Fabio Hernandez
John Swinbank will be the point of contact for SLAC
Wil O'Mullane (with John): rebaseline
Who owns calibration? John to find out
fritz: 2w engage with the LDF
DM-24555 Tim
check qserv fritz
tim can you check the docs
Write the plan for DP0, Leanne Guy, 01 Jul 2020
Draft a note (15 Jun, Fritz)
Answer the questions raised by the committee (Tim Jenness)
Fritz (6 Jul) draft a note
Yusra agreed to second two people
"""


Row = tuple[str, tuple[str, ...], str, str, str]


def rows(table: str = TABLE) -> list[Row]:
    """A table as (typed, owners, due date or empty, text, candidates)."""
    lines = [line for line in table.splitlines() if line]
    found = []
    for typed, expected in zip(lines[::2], lines[1::2], strict=True):
        owners, due, text, *candidates = (cell.strip() for cell in expected.split("|"))
        found.append((typed, tuple(owners.split()), due, typed if text == "=" else text, "".join(candidates)))
    return found
