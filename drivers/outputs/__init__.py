"""What a room switches: relays, coloured lights, bars of addressable LEDs, and displays by their serial line."""
