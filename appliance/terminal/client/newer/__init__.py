"""Commands that newer terminals (Room 4.1 and later) add, one module for each group."""
