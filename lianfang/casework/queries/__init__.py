"""Reads of the officers' side of sealed reports."""
