"""The controller role: the appliance sends VISCA commands and a camera answers them."""
