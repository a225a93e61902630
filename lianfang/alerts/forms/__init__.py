"""Forms about alerts."""
