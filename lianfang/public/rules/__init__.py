"""Pure decisions of the public catalogue."""
