"""What senders fill in."""
