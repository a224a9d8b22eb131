"""What customers decides, from values alone: how to read what people type, and when a row is whole.

Every reader takes the text of one cell and returns a value or raises `Wrong` with the reason.
"""
