"""What a scenario says about its channel alone: one section, one module, for each channel."""
