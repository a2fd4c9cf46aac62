"""Text as people type it: Markdown, what a form sent, blocked words, anchors. No database, no HTTP."""
