"""The terminal as a machine: accounts, licence, its server, settings, files, HTTP server, updates, power."""
