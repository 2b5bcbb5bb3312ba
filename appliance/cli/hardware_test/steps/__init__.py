"""What is tried, one module a step."""
