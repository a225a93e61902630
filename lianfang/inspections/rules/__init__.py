"""What holds of draws, visits and findings; pure."""
