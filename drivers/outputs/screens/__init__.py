"""The power of displays by their serial line."""
