"""The camera role: controllers send VISCA commands, we answer them. On serial lines, TCP and UDP."""
