"""What the display shows: the room as a picture of 128x64 pixels, and how it spares the glass. No I/O, no clock."""
