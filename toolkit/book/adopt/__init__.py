"""The adoption of a workbook that a team has already."""
