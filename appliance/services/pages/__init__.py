"""The room as pages: who serves them, who may open them, which phones are invited, and the pictures on them."""
