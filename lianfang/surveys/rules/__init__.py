"""What is decided about surveys: pure, without a database."""
