"""What holds of leads; pure."""
