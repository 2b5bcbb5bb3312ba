"""VISCA without hardware: a serial line whose far end is a program, and a camera that moves as a real one would."""
