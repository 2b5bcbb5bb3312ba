"""Calls and conferences: from ringing to the podium, and what the far side does in them."""
