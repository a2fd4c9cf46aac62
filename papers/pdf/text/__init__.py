"""The words of a PDF page, in the order in which they are read."""
