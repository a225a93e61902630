"""Reads of powers and regulations, as lists of what a page needs."""
