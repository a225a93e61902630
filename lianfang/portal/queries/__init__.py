"""Reads of sealed reports, as lists of what a page needs."""
