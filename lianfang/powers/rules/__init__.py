"""Decisions about powers, without a database."""
