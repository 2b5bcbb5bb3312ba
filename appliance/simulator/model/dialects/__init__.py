"""How older and newer terminals say the same: what is added, renamed and renumbered at the edge of the model."""
