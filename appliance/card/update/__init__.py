"""New versions: found, fetched, verified, written to the other slot, tried, and confirmed or taken back."""
