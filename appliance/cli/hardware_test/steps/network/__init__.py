"""Steps about the network."""
