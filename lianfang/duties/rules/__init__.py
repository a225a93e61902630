"""What is owed on a day, as a pure function of facts: the oracle. One file a kind of duty."""
