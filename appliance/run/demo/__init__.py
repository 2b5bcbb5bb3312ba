"""A room without its hardware: on virtual hardware, or as the demo with a simulated terminal beside it."""
