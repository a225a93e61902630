"""Pages of powers and regulations."""
