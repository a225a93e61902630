"""Tables in: files of every kind an office has, read into a Register with every doubt marked."""
