"""dmlt-tui: run live leadership meetings in a terminal."""

__version__ = "0.1.0"
