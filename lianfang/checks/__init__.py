"""The register checks: what is wrong in a Register, said like a linter."""
