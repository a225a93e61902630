"""Help inside the product: a guide for each role, topics of pages, and what to begin with."""
