"""What a table that comes in would do to the register, worked out without a database."""
