"""Duties as tables to take away."""
