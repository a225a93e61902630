"""Every write of duties."""
