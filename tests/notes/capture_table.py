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

# typed | owners | due | text | names that fit several (candidates joined by /)
TABLE = """
Fritz Mueller — engage with the LDF on the data structures of the APDB. 06 Jul 2020 | fmueller | 2020-07-06 | engage with the LDF on the data structures of the APDB. |
Wil O'Mullane & Colin Slater — Complete DM-23658. 06 Jul 2020 | womullane cslater | 2020-07-06 | Complete DM-23658. |
Colin Slater — Augment LDM-153 with the meaning of NULL DM-25926 06 Jul 2020 | cslater | 2020-07-06 | Augment LDM-153 with the meaning of NULL DM-25926 |
Fritz Mueller — Draft a technote on database ingest. (Ticketed: DM-26341) 03 Aug 2020 | fmueller | 2020-08-03 | Draft a technote on database ingest. (Ticketed: DM-26341) |
Robert Gruendl — report on OCPS status to the DMLT. 06 Jul 2020 | rgruendl | 2020-07-06 | report on OCPS status to the DMLT. |
John Swinbank to setup a feedback system with Chris Waters on the note (DMTN-148).21 May 2020 | jswinbank | 2020-05-21 | setup a feedback system with Chris Waters on the note (DMTN-148). |
DMTN-148 is almost there suggest 2 weeks review by DMLT. 15 Jun 2020 | | 2020-06-15 | DMTN-148 is almost there suggest 2 weeks review by DMLT. |
Eric Bellm — update the time-series technote. 01 Jul 2020 | ebellm | 2020-07-01 | update the time-series technote. |
Frossie Economou Will recommend additional Level 3 milestones. 15 Mar 2022 | feconomou | 2022-03-15 | recommend additional Level 3 milestones. |
Kian-Tat Lim Convene a meeting with Colin, Tim, Robert, Yusra to resolve graph generation. 18 Mar 2022 | ktlim | 2022-03-18 | Convene a meeting with Colin, Tim, Robert, Yusra to resolve graph generation. |
Convene a group to redo the diagram and define scope expectations Yusra AlSayyad 30 Nov 2023 | yalsayyad | 2023-11-30 | Convene a group to redo the diagram and define scope expectations |
Gregory Dubois-Felsmann Complete DMTN-105 defining the goal 11 Dec 2023 | gpdf | 2023-12-11 | Complete DMTN-105 defining the goal |
Frossie Economou - you have some text for PSTN-017 02 May 2024 | feconomou | 2024-05-02 | you have some text for PSTN-017 |
UKDF part in data facilities for PSTN-017 22 May 2024 | | 2024-05-22 | UKDF part in data facilities for PSTN-017 |
Richard Dubois USDF part in data facilities for PSTN-017 and distrib processing ? 22 May 2024 | rdubois | 2024-05-22 | USDF part in data facilities for PSTN-017 and distrib processing ? |
Tim Jenness - section on middleware for PSTN-017 22 May 2024 | tjenness | 2024-05-22 | section on middleware for PSTN-017 |
Cristián Silva - section on summit/data acquisition for PSTN-017 22 May 2024 | csilva | 2024-05-22 | section on summit/data acquisition for PSTN-017 |
fritz engage with the LDF 2w | fmueller | 2020-05-26 | engage with the LDF |
@fmueller engage with the LDF due:2020-07-06 | fmueller | 2020-07-06 | engage with the LDF |
@FMueller, @cslater: write it down fri | fmueller cslater | 2020-05-15 | write it down |
@newcomer look at the alert stream | newcomer | | look at the alert stream |
engage with the LDF on DM-23881 @fritz | fmueller | | engage with the LDF on DM-23881 |
wil and colin to sketch the data model by 15 Jun | womullane cslater | 2020-06-15 | sketch the data model |
wil, colin & tim: sketch the data model in 2 weeks | womullane cslater tjenness | 2020-05-26 | sketch the data model |
Tim / Robert Gruendl: timeline for Gen 2, eom | tjenness rgruendl | 2020-05-31 | timeline for Gen 2 |
ivezic to ask the SAC about colours | zivezic | | ask the SAC about colours |
ŽELJKO: ask the SAC | zivezic | | ask the SAC |
Ivezić should find a referee next week | zivezic | 2020-05-22 | find a referee |
cristian silva – bandwidth to the summit | csilva | | bandwidth to the summit |
omullane to call NSF tomorrow | womullane | 2020-05-13 | call NSF |
O’Mullane to call NSF | womullane | | call NSF |
Dubois-Felsmann: check PyVO | gpdf | | check PyVO |
KT to certify the calibrations | ktlim | | certify the calibrations |
kt send the architecture plans fri | ktlim | 2020-05-15 | send the architecture plans |
GPDF/EB: follow up on IVOA | gpdf ebellm | | follow up on IVOA |
Fritz will draft the procedure by end of June | fmueller | 2020-06-30 | draft the procedure |
Simon needs to book the room | skrughoff | | book the room |
Fritz, please engage with the LDF | fmueller | | please engage with the LDF |
Fritz: to engage with the LDF | fmueller | | engage with the LDF |
- [ ] Fritz: engage with the LDF | fmueller | | engage with the LDF |
Action: Yusra to list the pipelines that need Gen3 | yalsayyad | | list the pipelines that need Gen3 |
Update the DPDD — Leanne | lguy | | Update the DPDD |
Update the DPDD (Leanne Guy) by fri | lguy | 2020-05-15 | Update the DPDD |
Update the DPDD - Leanne & Colin, eow | lguy cslater | 2020-05-15 | Update the DPDD |
review DMTN-148 by fri tim | tjenness | 2020-05-15 | review DMTN-148 |
Review the milestones. Simon | skrughoff | | Review the milestones. |
Unknown User (mbutler) to provide staffing 1m | mbutler | 2020-06-12 | provide staffing |
Unknown User (mbutler) — provide staffing | mbutler | | provide staffing |
mbutler: provide staffing | mbutler | | provide staffing |
J. Swinbank to publish the minutes | jswinbank | | publish the minutes |
Müller: plot the seeing | jmueller | | plot the seeing |
tim slide deck for the PST | tjenness | | slide deck for the PST |
Jim Bosch write up dataset types due 2020-08-01 | jbosch | 2020-08-01 | write up dataset types |
Jeff asap: data transfer plan | | | Jeff asap: data transfer plan |
Robert: report on OCPS | | | Robert: report on OCPS | rgruendl/rlupton
robert and fritz to write a proposal 2w | | 2020-05-26 | robert and fritz to write a proposal | rgruendl/rlupton
Write the proposal — Robert | | | Write the proposal — Robert | rgruendl/rlupton
Mueller to fix ingest | | | Mueller to fix ingest | fmueller/jmueller
RHL to define the visit | rlupton | | define the visit |
talk to Fritz Mueller about the APDB | | | talk to Fritz Mueller about the APDB |
Discuss the visit definition with Robert Lupton | | | Discuss the visit definition with Robert Lupton |
Set up a review by Tim | | | Set up a review by Tim |
Email Fritz Mueller | | | Email Fritz Mueller |
Thank the outgoing manager John Swinbank | | | Thank the outgoing manager John Swinbank |
Jim believes quantum graphs will scale | | | Jim believes quantum graphs will scale |
Jeff Kantor is preparing for data transfers | | | Jeff Kantor is preparing for data transfers |
Robert asks when we start | | | Robert asks when we start |
Wil hopes to structure the FOA | | | Wil hopes to structure the FOA |
Colin Jones to review the note | | | Colin Jones to review the note |
tim smith to review the note | | | tim smith to review the note |
Anna Mueller to review the note | | | Anna Mueller to review the note |
Fritz's proposal needs a review | | | Fritz's proposal needs a review |
Fritz and the LDF to agree on a schema | | | Fritz and the LDF to agree on a schema |
Fritz & Andy Salnikov — finish the prototype | | | Fritz & Andy Salnikov — finish the prototype |
mark the ticket as done | | | mark the ticket as done |
Mark: check the ticket | mlee | | check the ticket |
guy ropes for the dome | | | guy ropes for the dome |
IT to reset the password | | | IT to reset the password |
Fritz will be away in July | | | Fritz will be away in July |
publish the minutes of 12 May | | | publish the minutes of 12 May |
meet every friday | | | meet every friday |
agree on 06/07 | | | agree on 06/07 |
fritz | | | fritz |
tomorrow | | | tomorrow |
mail dm-camelot@example.org about the password | | | mail dm-camelot@example.org about the password |
"""


def rows() -> list[tuple[str, tuple[str, ...], str, str, str]]:
    """The table as (typed, owners, due date or empty, text, candidates)."""
    found = []
    for line in TABLE.strip().splitlines():
        typed, owners, due, text, candidates = (cell.strip() for cell in f"{line} ".split("|"))
        found.append((typed, tuple(owners.split()), due, text, candidates))
    return found
