"""What every published page shares: authors, topics, body blocks, lists, metadata."""
