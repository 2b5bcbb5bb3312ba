"""Sensors that see whether somebody is in the room."""
