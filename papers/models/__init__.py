"""White papers, their editions, and what was learned from reading their files."""

from papers.models.editions import Edition, EditionCount
from papers.models.files import FileRecord, PageText
from papers.models.pages import Paper, PaperIndex

__all__ = ["Edition", "EditionCount", "FileRecord", "PageText", "Paper", "PaperIndex"]
