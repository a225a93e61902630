"""A staff list on its way in: its rows, the books they are compared with, and the plan."""
