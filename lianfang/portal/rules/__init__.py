"""What is decided about sealed reports: pure, without a database."""
