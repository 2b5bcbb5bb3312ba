"""(input, state) -> action: what the configuration's words bind to inputs, and what inputs mean by themselves."""
