"""The box's own network, judged."""
