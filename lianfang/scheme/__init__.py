"""The method as data: YAML read into frozen values, refused when it is incomplete."""
