"""White papers, their editions, and what was learned from reading their files."""

from papers.accessibility.models import FileReport, Outcome
from papers.downloads.models import DownloadCount
from papers.editions.models import Edition, EditionCount
from papers.editions.publication import DataFile, Licence, Standing
from papers.files.models import FileRecord, PageText
from papers.oai.models import Harvested
from papers.pages import Paper, PaperIndex
from papers.reader_requests.copy_models import CopyRequest
from papers.reader_requests.format_models import FormatRequest

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
