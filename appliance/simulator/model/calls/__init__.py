"""Calls and conferences, from ringing to closing: what the room does in them, and what the far side does."""
