"""Speaking and listening: voices, the customer's line as sound, devices."""
