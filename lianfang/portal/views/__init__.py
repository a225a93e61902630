"""The pages anybody may open, without signing in."""
