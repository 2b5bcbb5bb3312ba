"""The demo: a room's front panel and its far side on one page."""
