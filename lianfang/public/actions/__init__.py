"""What the office decides about the public catalogue."""
