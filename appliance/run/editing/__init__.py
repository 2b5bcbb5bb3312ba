"""The configuration changed from the pages and by programs: looked at here, written by the deputy, kept as versions."""
