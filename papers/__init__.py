"""White papers: their editions and files, reading, citing and downloading them."""
