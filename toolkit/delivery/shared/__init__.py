"""What the computers at one shared workbook need to keep out of each other's way."""
