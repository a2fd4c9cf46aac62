"""Comments as readers meet them: the tree, its pages, addresses, reading state, feeds and integrity."""
