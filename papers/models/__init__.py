"""White papers, their editions, and what was learned from reading their files."""

from papers.models.copies import CopyRequest
from papers.models.counts import DownloadCount
from papers.models.editions import Edition, EditionCount
from papers.models.files import FileRecord, PageText
from papers.models.harvest import Harvested
from papers.models.pages import Paper, PaperIndex
from papers.models.terms import DataFile, Licence, Standing

__all__ = [
    "CopyRequest",
    "DataFile",
    "DownloadCount",
    "Edition",
    "EditionCount",
    "FileRecord",
    "Harvested",
    "Licence",
    "PageText",
    "Paper",
    "PaperIndex",
    "Standing",
]
