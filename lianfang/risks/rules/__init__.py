"""Decisions about a register, without a database."""
