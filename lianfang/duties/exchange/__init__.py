"""Duties on their way out: reports as files, tables to take away."""
