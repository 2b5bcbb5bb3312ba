"""The camera role: controllers send VISCA commands and the appliance answers them, over serial lines, TCP and UDP."""
