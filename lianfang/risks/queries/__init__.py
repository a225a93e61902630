"""Reads of the register, as the Register value and as what pages need."""
