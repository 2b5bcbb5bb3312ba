"""Hardware, nothing else: each driver knows its device and neither the room nor the terminal."""
