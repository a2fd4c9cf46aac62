"""Reading a paper in the browser, page by page or as full text."""
