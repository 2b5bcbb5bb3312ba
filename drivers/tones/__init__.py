"""Tones on a sound card of the Pi: a ring, and one for each key."""
