"""E-mail about comments to those who follow, and how each of them chooses it."""
