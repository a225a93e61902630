"""What is sealed in the sender's browser, and opened by who was meant: formats, keys, padding."""
