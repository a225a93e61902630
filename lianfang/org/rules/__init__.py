"""Decisions about an organisation: pure, total, no Django, no clock."""
