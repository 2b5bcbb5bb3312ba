"""A simulated terminal that repeats what a real one said."""
