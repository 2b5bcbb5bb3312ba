"""What the world does to a terminal, over HTTP and in scenarios: people, the server, faults."""
