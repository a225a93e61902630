"""One module per kind of file; each turns a file into grids and understands nothing."""
