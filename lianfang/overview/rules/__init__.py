"""Pure decisions of the leadership's view."""
