"""Duties on their way out: reports as files."""
