"""White papers, their editions, and what was learned from reading their files."""

from papers.models.copies import CopyRequest
from papers.models.counts import DownloadCount
from papers.models.editions import Edition, EditionCount
from papers.models.files import FileRecord, PageText
from papers.models.gate import FileReport, Outcome
from papers.models.harvest import Harvested
from papers.models.pages import Paper, PaperIndex
from papers.models.requests import FormatRequest
from papers.models.terms import DataFile, Licence, Standing

__all__ = [
    "CopyRequest",
    "DataFile",
    "DownloadCount",
    "Edition",
    "EditionCount",
    "FileRecord",
    "FileReport",
    "FormatRequest",
    "Harvested",
    "Licence",
    "Outcome",
    "PageText",
    "Paper",
    "PaperIndex",
    "Standing",
]
