"""A whole installation in one sealed file, independent of its database (docs/backup.md)."""
