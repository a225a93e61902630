"""Decisions of learning: pure, by the clause they follow from (二)."""
