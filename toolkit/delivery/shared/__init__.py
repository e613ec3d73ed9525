"""Computers at one shared workbook."""
