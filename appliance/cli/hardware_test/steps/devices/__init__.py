"""Steps about what is connected: pins, display, USB devices, serial lines."""
