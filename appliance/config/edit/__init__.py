"""`room.toml` changed by a form: the file as text is the truth, and whatever is not changed stays byte for byte."""
