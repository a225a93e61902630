"""Shapes of what people send in about an organisation."""
