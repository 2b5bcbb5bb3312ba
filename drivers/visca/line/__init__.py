"""The transports of VISCA: serial lines and sockets, and their names in the configuration."""
