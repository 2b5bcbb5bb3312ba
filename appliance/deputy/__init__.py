"""What the firmware may not do itself, asked of a helper that is root: one connection, one request, one answer."""
