"""What a user likes: one TOML file, DMLT_* variables over it, and where each value came from."""
