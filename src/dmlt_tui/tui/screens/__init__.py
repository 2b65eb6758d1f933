"""Full screens: each composes panes and routes messages."""
