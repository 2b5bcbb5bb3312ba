"""Asks a terminal everything that can be asked without changing anything, and compares it with what we know."""
