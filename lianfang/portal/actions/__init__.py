"""Every write to sealed reports: keys, what arrives, answers, the day's root."""
