"""VISCA: we are a camera to joysticks and programs, and a controller to cameras; on serial lines and the network."""
