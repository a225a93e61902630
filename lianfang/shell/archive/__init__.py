"""The archive of official documents of every room: who may know which, lists, one paper."""
