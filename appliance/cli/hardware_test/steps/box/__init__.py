"""Steps about the box itself: board, start, memory, card, heat, watchdog."""
