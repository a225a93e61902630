"""Every write to surveys: planned, answered, counted."""
