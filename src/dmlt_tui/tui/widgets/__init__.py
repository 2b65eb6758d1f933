"""Small widgets that know nothing of meetings."""
