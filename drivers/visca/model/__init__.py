"""What a camera is, in words that know no wire: its ranges and speeds, its movements, its stored positions."""
