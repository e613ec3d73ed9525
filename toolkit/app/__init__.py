"""An open shop and what people do with it: run the week, adopt a book, connect accounts."""
