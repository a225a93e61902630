"""Every write about alerts."""
