"""The tabs of the people's workbook, one a file."""
