"""What a webhook is sent, how it is signed, what waits for it, and when it is tried again. No I/O, no clock.

What sends it is `appliance.services.programs.webhook`.
"""
