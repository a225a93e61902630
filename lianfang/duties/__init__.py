"""Duties (履责): what the level of a post, an appointment, a measure or the plan asks of whom."""
