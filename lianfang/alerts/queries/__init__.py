"""Reads of alerts, as pages and other rooms need them."""
