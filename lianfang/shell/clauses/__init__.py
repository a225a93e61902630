"""The plan as rules: what does each demand, and where the organisation stands with it today."""
