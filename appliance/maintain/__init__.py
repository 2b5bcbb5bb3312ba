"""What whoever maintains the box sees of it and does to it: who did what, how each part does, what the log says."""
