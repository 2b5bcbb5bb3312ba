"""What happens on the appliance itself, which alone knows it."""
