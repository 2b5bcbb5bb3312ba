"""What happens to the room on the appliance itself, one module for each subject; the terminal has no part in it."""
