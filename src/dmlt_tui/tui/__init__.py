"""The screen: a Textual app over an open notebook."""
