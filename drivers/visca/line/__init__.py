"""What VISCA travels on: serial lines and sockets, and how a configuration names them."""
