"""Every write to the register. A page, a command, an import and a test come through here."""
