"""Models of cameras independent of the wire: ranges, speeds, actions and stored positions."""
