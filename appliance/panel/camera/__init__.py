"""Cameras on the panel: which there are, what they see, and how a finger moves them."""
