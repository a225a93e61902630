"""The shapes of what the pages of the register are sent."""
