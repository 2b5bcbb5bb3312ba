"""A terminal that runs: its connections, its timers, its restarts, and calls between many of them."""
