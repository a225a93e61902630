"""An organisation's data to and from files."""
