"""Lianfang 廉防: the integrity-risk prevention and control system of a public institution."""

__version__ = "0.1.0"
