"""Reads of surveys, as lists of what a page needs."""
