"""The program's own colours. What a colour says stands in words or signs beside it too.

Grounds are near to grey, as a terminal of 256 colours shows anything else in the colour nearest to it: pink, or black.
"""

from __future__ import annotations

from textual.theme import Theme

DEFAULT = "dmlt-dark"
_ANSI = "ansi_default"

THEMES: tuple[Theme, ...] = (
    Theme(
        name="dmlt-dark",
        primary="#2f6f9f",
        secondary="#7fb2d9",
        accent="#e3b568",
        warning="#f0b429",
        error="#f2777a",
        success="#7bc47f",
        foreground="#dfe3e8",
        background="#121416",
        surface="#20242a",
        panel="#2d3239",
        dark=True,
    ),
    Theme(
        name="dmlt-light",
        primary="#9cc3e3",
        secondary="#1f5f8b",
        accent="#7a4b00",
        warning="#8a5a00",
        error="#a8071a",
        success="#1d6b2a",
        foreground="#1b1f24",
        background="#fbfbf8",
        surface="#ebebe9",
        panel="#dcdcd9",
        dark=False,
    ),
    Theme(
        name="dmlt-contrast",
        primary="#0050d0",
        secondary="#66d9ff",
        accent="#ffd700",
        warning="#ffd700",
        error="#ff8080",
        success="#66ff66",
        foreground="#ffffff",
        background="#000000",
        surface="#101010",
        panel="#202020",
        dark=True,
        text_alpha=1.0,
        variables={"text-muted": "#ffffff", "text-disabled": "#cccccc"},
    ),
    # The sixteen colours of the terminal itself, so that what its owner chose for them counts.
    Theme(
        name="dmlt-16",
        primary="ansi_blue",
        secondary="ansi_cyan",
        accent="ansi_magenta",
        warning="ansi_yellow",
        error="ansi_red",
        success="ansi_green",
        foreground=_ANSI,
        background=_ANSI,
        surface=_ANSI,
        panel=_ANSI,
        boost=_ANSI,
        dark=True,
        ansi=True,
        variables={
            "ansi-background": _ANSI,
            "ansi-foreground": _ANSI,
            "border-blurred": "ansi_bright_black",
            "input-selection-background": "ansi_blue",
            "input-selection-foreground": "ansi_bright_white",
            "screen-selection-background": "ansi_blue",
            "screen-selection-foreground": "ansi_bright_white",
            "block-cursor-foreground": "ansi_black",
            "block-cursor-background": "ansi_white",
            "input-cursor-background": "ansi_white",
            "input-cursor-foreground": "ansi_black",
            "input-cursor-text-style": "none",
        },
    ),
)
NAMES = tuple(theme.name for theme in THEMES)


def after(name: str) -> str:
    """The theme that follows this one, round and round."""
    return NAMES[(NAMES.index(name) + 1) % len(NAMES)] if name in NAMES else DEFAULT


def said(name: str) -> str:
    """A theme for people: "light (2 of 4)"."""
    return f"{name.removeprefix('dmlt-')} ({NAMES.index(name) + 1} of {len(NAMES)})"
