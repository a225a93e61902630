"""Surveys as files: a workbook of figures, papers to print."""
