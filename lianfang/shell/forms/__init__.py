"""The forms of the pages that stand above every room."""
