"""What a device sends, key by key: shown, learned, recorded and replayed."""
