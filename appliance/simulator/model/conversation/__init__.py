"""Which call the terminal has, and who is in it: what every part may read, and only `calls` changes."""
