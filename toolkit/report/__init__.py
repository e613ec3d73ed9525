"""A run told to people: the sentences of the terminal, the JSON, and the page of the week."""
