"""The Register: the one shape for files, checks, editions, prints and the database."""
