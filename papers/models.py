"""White papers, their editions, and what was learned from reading their files."""

from papers.accessibility.models import AccessibilityReport, AccessibilityReview
from papers.downloads.models import DownloadCount
from papers.editions.models import Edition, EditionCounter
from papers.editions.publication import DataFile, Licence, PublicationStatus
from papers.files.models import FileRecord, PageText
from papers.oai.models import OAIRecord
from papers.pages import Paper, PaperIndex
from papers.reader_requests.copy_models import CopyRequest
from papers.reader_requests.format_models import FormatRequest

__all__ = [
    "AccessibilityReport",
    "AccessibilityReview",
    "CopyRequest",
    "DataFile",
    "DownloadCount",
    "Edition",
    "EditionCounter",
    "FileRecord",
    "FormatRequest",
    "Licence",
    "OAIRecord",
    "PageText",
    "Paper",
    "PaperIndex",
    "PublicationStatus",
]
