"""An open shop, and what people do with it."""
