"""The year's rules: states of a filing, who may judge it, what a meeting needs. No database."""
