"""The way in: the command line, and the pages that stand above every room."""
