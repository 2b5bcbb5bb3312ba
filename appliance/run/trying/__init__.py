"""Which parts of a room that is built can be tried, and how: what acts, acts as a press or an action does."""
