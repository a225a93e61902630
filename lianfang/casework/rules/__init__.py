"""What follows from a sealed report, without a database (五（六）)."""
