"""Reads of duties, and the facts from which they follow."""
