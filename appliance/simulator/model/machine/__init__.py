"""The terminal as a machine: accounts, licence, server, HTTP server, files, updates."""
