"""Readers of badges and codes that type what they read: their keys as lines."""
