"""What is typed about leads."""
