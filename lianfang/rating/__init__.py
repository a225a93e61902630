"""Rating: answers to a scheme's questions become a level and the computation behind it."""
