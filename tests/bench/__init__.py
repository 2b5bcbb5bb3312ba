"""Speed, measured side by side with the floor it is compared with."""
