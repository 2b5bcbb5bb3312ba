"""The table of operations, by what they concern."""
