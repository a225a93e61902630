"""Every write of the officers' side of sealed reports."""
