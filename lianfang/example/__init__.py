"""The invented institution: its data files, and how they are loaded through the usual doors.

Everything in it is made up and marked as example data on every page. It grows with each room.
"""
