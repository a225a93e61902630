"""The Register: the one shape that files, checks, editions, prints and the database pass through."""
