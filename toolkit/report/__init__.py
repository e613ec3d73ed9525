"""A run told to people: figures, and the page that shows them."""
