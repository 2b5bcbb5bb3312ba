"""Links to a broker: see `client`."""
