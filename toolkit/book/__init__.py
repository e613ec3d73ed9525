"""What the rows of the workbook mean."""
