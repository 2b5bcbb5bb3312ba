"""The terminal as a model: its state, its rules and its table of commands. No I/O, no clock of its own."""
