"""What the yearly check decides: pure, no database, no clock (五（七）)."""
