"""From here to the clipboard of the person at the far end of an ssh session, honestly reported."""
