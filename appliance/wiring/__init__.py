"""Which wire goes to which pin of the header, in words and as a picture."""
