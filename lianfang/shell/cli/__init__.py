"""The command line. The commands here are pure: they need no web framework and no database."""
