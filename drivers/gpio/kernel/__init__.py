"""Pins on the kernel's GPIO character device, without a library and without a thread."""
