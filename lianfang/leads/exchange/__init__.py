"""Leads, statistics and letters as files to take away."""
