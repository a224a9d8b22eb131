"""Running the product: health, figures for monitoring, the commands that start, check, save and restore it."""
