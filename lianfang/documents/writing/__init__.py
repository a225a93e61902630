"""Everything that goes out on paper: tables of a Register, and official papers."""
