"""Spot checks with a draw that anybody can recompute, regular checks, findings, corrections."""
