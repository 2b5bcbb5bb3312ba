"""A complete simulated terminal, and virtual hardware for the demo."""
