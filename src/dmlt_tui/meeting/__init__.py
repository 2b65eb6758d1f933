"""What a meeting is: frozen values and pure functions. Time, ids and "now" come in as arguments."""
