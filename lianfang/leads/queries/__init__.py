"""Reads of leads, as pages need them."""
