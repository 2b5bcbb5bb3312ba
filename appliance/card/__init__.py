"""First boot from one file: what `room.toml` on the card says becomes files of the system."""
