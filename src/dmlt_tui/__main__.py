"""Run the command line: python -m dmlt_tui."""

from dmlt_tui.cli import main

if __name__ == "__main__":
    main()
