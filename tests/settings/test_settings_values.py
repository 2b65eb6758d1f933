"""Settings: the environment over the file, every value checked, and what is not known said with what is near."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmlt_tui.settings.file import load, remember, settings_path
from dmlt_tui.settings.values import CHECKS, THEMES, Settings, known, with_value


def test_without_a_file_everything_is_as_the_program_thinks_best(own_home: Path) -> None:
    found = load({})
    assert (found.settings, found.problems, dict(found.sources)) == (Settings(), (), {})
    assert settings_path({}).is_relative_to(own_home)
    assert not settings_path({}).parent.exists()


def test_the_environment_goes_before_the_file_and_each_value_tells_where_it_is_from() -> None:
    found = known({"theme": "dmlt-light", "zone": "Europe/Paris"}, {"DMLT_THEME": "dmlt-16", "DMLT_FILE": "/x.json"})
    assert (found.settings.theme, found.settings.zone, found.settings.notebook) == (
        "dmlt-16",
        "Europe/Paris",
        "/x.json",
    )
    assert dict(found.sources) == {"theme": "$DMLT_THEME", "zone": "config.toml", "notebook": "$DMLT_FILE"}


def test_an_unknown_setting_is_a_warning_with_the_nearest_known_one() -> None:
    (problem,) = known({"zoen": "Europe/Paris"}, {}).problems
    assert problem.words == "zoen is not a setting; did you mean zone? (config.toml)"
    assert not problem.error


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"theme": "pink"}, "must be one of dmlt-dark"),
        ({"zone": "Europe/Pariss"}, "is not a time zone"),
        ({"zone": 3}, "must be words in quotes"),
        ({"wiki": "word"}, "must be one of storage"),
        ({"agenda_width": 5}, "from 20 to 200"),
        ({"agenda_width": True}, "from 20 to 200"),
        ({"keys": ["n"]}, "must be a table"),
        ({"keys": {"next": 1}}, "must be keys in quotes"),
        ({"tickets": "DM"}, "must be tables"),
        ({"tickets": [{"pattern": "(a+)+"}]}, "(a+)+"),
        ({"documents": [{"regex": "x"}]}, "knows pattern and address"),
    ],
)
def test_a_wrong_value_is_left_out_and_said_with_its_place(table: dict[str, object], said: str) -> None:
    found = known(table, {})
    (problem,) = found.problems
    assert problem.error
    assert said in problem.words
    assert "config.toml" in problem.words
    assert found.settings == Settings()


def test_a_wrong_variable_leaves_the_value_of_the_file() -> None:
    found = known({"zone": "Europe/Paris"}, {"DMLT_ZONE": "nowhere"})
    assert found.settings.zone == "Europe/Paris"
    assert "$DMLT_ZONE" in found.problems[0].words


def test_keys_and_patterns_are_read_as_written() -> None:
    table = {
        "keys": {"next": ["n", "y n"], "park": "w"},
        "tickets": [{"pattern": "DM-[0-9]+", "address": "https://example.org/{key}"}],
        "documents": [{"pattern": "DMTN-[0-9]+"}],
    }
    settings = known(table, {}).settings
    assert dict(settings.keys) == {"next": ("n", "y n"), "park": ("w",)}
    assert [(one.kind, one.regex) for one in settings.patterns] == [("issue", "DM-[0-9]+"), ("document", "DMTN-[0-9]+")]


@pytest.mark.parametrize("text", ["theme = \n", "theme = 'dmlt-light'\n[keys\n", "\udcff"])
def test_a_file_that_is_no_toml_is_said_and_the_rest_goes_on(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    found = load({"DMLT_CONFIG": str(path), "DMLT_THEME": "dmlt-16"})
    assert found.settings.theme == "dmlt-16"
    assert [problem.error for problem in found.problems] == [True]
    assert str(path) in found.problems[0].words


@pytest.mark.parametrize("name", ["n" * 300, "/dev/null/config.toml", "~nobody-of-this-name/config.toml"])
def test_settings_that_can_t_even_be_looked_for_are_none_or_a_problem(name: str) -> None:
    found = load({"DMLT_CONFIG": name})
    assert found.settings == Settings()
    assert [problem.words for problem in found.problems] == ([f"File name too long: {name}"] if len(name) > 255 else [])


def test_no_settings_can_be_asked_for() -> None:
    assert load({"DMLT_CONFIG": "/dev/null"}).problems == ()


def test_what_is_chosen_is_remembered_and_every_other_line_stays(own_home: Path) -> None:
    remember("theme", "dmlt-light", {})
    path = settings_path({})
    path.write_text("# mine\nzone = 'Europe/Paris'  # home\ntheme = \"dmlt-light\"\n\n[keys]\ntheme = 'Z'\n")
    remember("theme", "dmlt-16", {})
    remember("agenda_width", 44, {})
    assert path.read_text() == (
        "agenda_width = 44\n# mine\nzone = 'Europe/Paris'  # home\ntheme = \"dmlt-16\"\n\n[keys]\ntheme = 'Z'\n"
    )
    assert load({}).settings.theme == "dmlt-16"


@pytest.mark.parametrize("text", ["theme = '''\ndmlt-16'''\n", "x = [\n  [1],\n]\ntheme = 'dmlt-16'\n", "theme = \n"])
def test_a_file_too_clever_to_be_changed_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(ValueError):
        remember("theme", "dmlt-light", {"DMLT_CONFIG": str(path)})
    assert path.read_text() == text


def test_a_file_too_large_to_be_settings_is_a_problem_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("# " + "x" * 2_000_000 + "\ntheme = 'dmlt-16'\n")
    found = load({"DMLT_CONFIG": str(path)})
    assert found.settings == Settings()
    assert [problem.words for problem in found.problems] == [f"is too large to be a settings file: {path}"]


@given(st.text(), st.sampled_from(THEMES))
def test_setting_a_value_changes_nothing_else_or_is_refused(text: str, theme: str) -> None:
    import tomllib

    try:
        changed = with_value(text, "theme", theme)
    except ValueError:
        return
    assert tomllib.loads(changed) == tomllib.loads(text) | {"theme": theme}


def test_every_setting_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "settings.md").read_text("utf-8")
    for name, (variable, _) in CHECKS.items():
        assert f"`{name}`" in page
        assert not variable or f"`{variable}`" in page
    assert all(theme in page for theme in THEMES)
