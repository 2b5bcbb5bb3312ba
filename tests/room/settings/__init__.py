"""The settings of the terminal, without a terminal."""
