"""What hardware this machine has, and which of it a configuration asks for. Looks, and uses nothing."""
