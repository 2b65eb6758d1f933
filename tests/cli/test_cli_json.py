"""What --json prints, for scripts and for those who have lines read to them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from support.commands import done, refused, run, told, value_of

from dmlt_tui.meeting import agenda_edits, edits
from dmlt_tui.settings.file import settings_path
from dmlt_tui.store.notebook import OpenNotebook


def data(*arguments: str | Path) -> Any:
    return json.loads(done(*arguments, "--json"))


def items_of(meeting: dict[str, Any]) -> dict[str, Any]:
    return {item["id"]: item for day in meeting["days"] for session in day["sessions"] for item in session["items"]}


def test_show_gives_agenda_and_notes_as_they_were_typed(sample: Path) -> None:
    shown = data("show", sample, "--meeting", "2020-05")
    assert (shown["id"], shown["zone"]) == ("2020-05", "America/Los_Angeles")
    assert [day["date"] for day in shown["days"]] == ["2020-05-12", "2020-05-13", "2020-05-14"]
    meeting = value_of(sample).meeting("2020-05")
    assert meeting is not None
    assert {item.id: item.notes for item in meeting.items} == {
        key: item["notes"] for key, item in items_of(shown).items()
    }
    first = shown["days"][0]["sessions"][0]
    assert (first["start"], first["items"][0]["start"], first["items"][0]["planned"]) == ("09:00", "09:00", 10)
    assert [day["date"] for day in data("show", sample, "-m", "2020-05", "--day", "2")["days"]] == ["2020-05-13"]


def test_plan_gives_requests_minutes_and_conflicts(sample: Path) -> None:
    plan = data("plan", sample, "--meeting", "2020-05")
    assert plan["minutes"] == {"asked": 360, "asked_most": 390, "planned": 660, "breaks": 120, "free": 0}
    assert plan["conflicts"] == []
    scheduled = [request for request in plan["requests"] if request["state"] == "scheduled"]
    assert scheduled
    assert all(request["item"] in items_of(plan) for request in scheduled)
    with OpenNotebook.open(sample) as notebook:
        meeting = notebook.value.meeting("2020-05")
        assert meeting is not None
        first = next(meeting.items)
        notebook.change(edits.start("2020-05", first, datetime(2020, 5, 12, 16, tzinfo=UTC)))
        notebook.change(edits.pause("2020-05", datetime(2020, 5, 12, 16, 12, tzinfo=UTC)))
    assert items_of(data("plan", sample, "-m", "2020-05"))[first.id]["spent"] == 12


def test_plan_check_gives_each_conflict_with_its_place_and_exit_code_1(sample: Path) -> None:
    assert data("plan", sample, "-m", "2020-05", "--check") == {"conflicts": []}
    with OpenNotebook.open(sample) as notebook:
        meeting = notebook.value.meeting("2020-05")
        assert meeting is not None
        second = meeting.days[1].sessions[0]
        notebook.change(agenda_edits.lengthen("2020-05", second.items[0], 25))
    result = run("plan", sample, "-m", "2020-05", "--check", "--json")
    assert result.exit_code == 1
    (found,) = json.loads(result.stdout)["conflicts"]
    assert (found["date"], found["session"], found["item"], found["minutes"]) == ("2020-05-13", second.id, None, 25)
    assert found["words"].startswith("over-full by 25 min")


def test_check_gives_place_and_words_of_what_is_wrong(sample: Path) -> None:
    assert data("check", sample) == []
    with OpenNotebook.open(sample) as notebook:
        meeting = notebook.value.meeting("2020-05")
        assert meeting is not None
        welcome = next(meeting.items).id
        unknown = edits.in_item("2020-05", welcome, lambda item: replace(item, coordinators=("nobody",)))
        notebook.change(edits.Edit("people", unknown))
    result = run("check", sample, "--json")
    assert result.exit_code == 1
    (finding,) = json.loads(result.stdout)
    assert "Welcome" in finding["place"]
    assert "nobody" in finding["words"]


def test_repair_gives_the_new_file_and_what_was_lost(sample: Path) -> None:
    assert data("check", "--repair", sample) == {"written": None, "lost": [], "mended": []}
    torn = sample.with_name("torn.json")
    torn.write_bytes(sample.read_bytes()[:20_000])
    repaired = data("check", "--repair", torn)
    assert Path(repaired["written"]) == torn.with_name("torn.repaired.json")
    assert any("the file ends here" in line for line in repaired["lost"])


def test_brief_gives_who_takes_the_floor_and_what_is_ahead(sample: Path) -> None:
    brief = data("brief", sample, "--meeting", "2020-05")
    assert (brief["from"], brief["to"], brief["date"], brief["start"]) == ("", "lguy", "2020-05-12", "09:00")
    assert brief["ahead"][0] == {"id": brief["ahead"][0]["id"], "title": "Welcome", "start": "09:00"}
    assert (brief["on_floor"], brief["end"], brief["minutes_over"]) == (None, None, None)


def test_brief_of_a_running_meeting_gives_its_open_actions_and_questions(sample: Path) -> None:
    with OpenNotebook.open(sample) as notebook:
        meeting = notebook.value.meeting("2020-05")
        assert meeting is not None
        first = next(meeting.items)
        notebook.change(edits.start("2020-05", first, datetime(2020, 5, 12, 16, tzinfo=UTC)))
        notebook.change(
            edits.set_notes("2020-05", first, first.notes, "- ?? who pays\n- [ ] @fmueller call the bank\n")
        )
    brief = data("brief", sample, "-m", "2020-05")
    assert brief["on_floor"] == first.id
    assert {"item_title": "Welcome", "text": "who pays"} in brief["questions"]
    assert {"item_title": "Welcome", "text": "call the bank", "owners": ["fmueller"], "due": None} in brief["taken"]
    assert brief["end"] is not None


def test_add_gives_the_action_as_the_list_of_actions_has_it(sample: Path) -> None:
    out, talk = told("add", sample, "--action", "fritz engage with the LDF", "-m", "2020-05", "--json")
    added = json.loads(out)
    assert (added["owners"], added["text"], added["done"]) == (["fmueller"], "engage with the LDF", False)
    assert "Fritz" in talk or "fmueller" in talk
    listed = json.loads(done("actions", sample, "--format", "json"))
    assert added in listed


def test_new_gives_the_meeting_with_its_days(tmp_path: Path) -> None:
    file = tmp_path / "minutes.json"
    spring = data("new", file, "--title", "Spring", "--start", "2027-05-11", "--days", "2", "--zone", "Europe/Paris")
    assert spring == {
        "id": spring["id"],
        "title": "Spring",
        "zone": "Europe/Paris",
        "days": ["2027-05-11", "2027-05-12"],
    }
    out, talk = told("new", file, "--after", "spring", "--title", "Autumn", "--start", "2027-11-09", "--json")
    autumn = json.loads(out)
    assert (autumn["zone"], autumn["days"]) == ("Europe/Paris", ["2027-11-09", "2027-11-10"])
    assert talk.startswith("after Spring: ")
    assert [one["id"] for one in data("list", file)] == [spring["id"], autumn["id"]]


def test_config_check_gives_each_mistake_as_a_string(own_home: Path) -> None:
    assert data("config", "check") == []
    path = settings_path()
    path.parent.mkdir(parents=True)
    path.write_text('zone = "Nowhere"\n')
    result = run("config", "check", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == ["zone: 'Nowhere' is not a time zone; try Europe/Paris (config.toml)"]


@pytest.mark.parametrize("command", [["show"], ["plan"], ["brief"], ["check"]], ids=" ".join)
def test_a_refusal_is_one_line_and_no_data_with_json_too(command: list[str], tmp_path: Path) -> None:
    assert "nowhere.json" in refused(1, *command, tmp_path / "nowhere.json", "--json")


@pytest.mark.parametrize("command", ["actions", "stats"])
def test_json_is_a_format_by_its_own_name_too(command: str, sample: Path) -> None:
    assert done(command, sample, "--json") == done(command, sample, "--format", "json")
    assert done(command, sample, "--format", "csv") != done(command, sample, "--json")
