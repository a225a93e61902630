"""What leaves the register as a file."""
