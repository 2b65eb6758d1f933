"""The wiki page: what stands on it, composed from a meeting, and one writer per format."""
