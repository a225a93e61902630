"""Alerts as tables to take away."""
