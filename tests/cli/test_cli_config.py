"""The settings from outside: config path, show, check, and what they change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.commands import done, refused, run, told, value_of

from dmlt_tui.settings.file import settings_path


@pytest.fixture
def settings(own_home: Path) -> Path:
    path = settings_path()
    path.parent.mkdir(parents=True)
    return path


def test_the_path_of_the_settings_is_told_before_there_are_any(own_home: Path) -> None:
    path = Path(done("config", "path").strip())
    assert path.name == "config.toml"
    assert path.is_relative_to(own_home)
    assert not path.parent.exists()


def test_show_tells_every_value_and_where_it_is_from(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.write_text('zone = "Europe/Paris"\nwiki = "wiki"\n[keys]\nnext = ["Z"]\n')
    monkeypatch.setenv("DMLT_ZONE", "Asia/Tokyo")
    shown = json.loads(done("config", "show", "--json"))
    assert shown["zone"] == {"value": "Asia/Tokyo", "from": "$DMLT_ZONE"}
    assert shown["wiki"] == {"value": "wiki", "from": "config.toml"}
    assert shown["theme"] == {"value": "", "from": "default"}
    assert shown["keys"] == {"value": {"next": ["Z"]}, "from": "config.toml"}
    assert "next: Z" in done("config", "show")


def test_check_finds_nothing_or_says_each_mistake_in_a_line(settings: Path) -> None:
    assert done("config", "check") == ""
    settings.write_text('them = "x"\nzone = "Nowhere"\n[keys]\nnext = ["s"]\n')
    result = run("config", "check")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "warning: them is not a setting; did you mean theme? (config.toml)",
        "zone: 'Nowhere' is not a time zone; try Europe/Paris (config.toml)",
        "keys: 's' is both start and next; change one of them",
    ]


def test_keys_are_told_as_the_settings_have_them(settings: Path) -> None:
    assert "  n               Next item. " in done("keys")
    settings.write_text('[keys]\nnext = ["C-t"]\n')
    assert "  C-t             Next item. " in done("keys")
    listed = {one["id"]: one["keys"] for one in json.loads(done("keys", "--json"))}
    assert listed["next"] == ["ctrl+t"]
    settings.write_text('[keys]\nnext = ["s"]\n')
    assert "both start and next" in told("keys")[1]


def test_a_page_is_exported_in_the_format_one_likes_unless_a_flag_says_otherwise(settings: Path, sample: Path) -> None:
    settings.write_text('wiki = "markdown"\n')
    assert done("export", sample) == done("export", sample, "--format", "markdown")
    assert done("export", sample, "--format", "wiki") != done("export", sample)


def test_without_a_file_the_own_notebook_is_meant(
    settings: Path, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.write_text(f'notebook = "{sample}"\n')
    assert done("list") == done("list", sample)
    monkeypatch.setenv("DMLT_FILE", str(sample.with_name("other.json")))
    assert "other.json" in refused(1, "list")


def test_a_notebook_made_anew_links_the_keys_one_likes_and_an_old_one_keeps_its_own(
    settings: Path, sample: Path, tmp_path: Path
) -> None:
    settings.write_text('[[tickets]]\npattern = "XY-[0-9]+"\naddress = "https://example.org/{key}"\n')
    when = ("--title", "A", "--start", "2027-01-01", "--days", "1")
    done("new", tmp_path / "new.json", *when)
    assert [one.regex for one in value_of(tmp_path / "new.json").patterns] == ["XY-[0-9]+"]
    before = value_of(sample).patterns
    done("new", sample, *when)
    assert value_of(sample).patterns == before
