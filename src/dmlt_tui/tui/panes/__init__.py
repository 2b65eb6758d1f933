"""The parts of the live screen: each shows a value and posts messages."""
