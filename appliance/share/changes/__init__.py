"""What has changed on the terminal while there was no link to it, in the terminal's own events."""
