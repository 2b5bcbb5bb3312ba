"""What the display shows: the room as a picture and in words, and how it spares the glass. No I/O, no clock."""
