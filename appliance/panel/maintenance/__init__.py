"""The pages of whoever maintains the box. What they know is `appliance.maintain`'s."""
