"""Cameras and the room: controllers that move it, cameras that we drive, the far end's, requests and presets."""
