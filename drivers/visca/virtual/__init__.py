"""VISCA without hardware: a serial line whose far end is a program, and a simulated camera."""
