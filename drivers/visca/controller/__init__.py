"""The controller role: we send VISCA commands, a camera answers them."""
