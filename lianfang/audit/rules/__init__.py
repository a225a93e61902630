"""What the log decides, pure: how an event is written down and hashed, and the tree over events."""
