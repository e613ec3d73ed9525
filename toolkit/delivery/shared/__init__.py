"""Claims, signs of life and letters of the computers at one shared workbook."""
