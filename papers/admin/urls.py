"""Addresses of the papers' own views in the admin, under ``/admin/``."""

from __future__ import annotations

from django.urls import path

import public_forms.converters  # noqa: F401 - registers <id:…>
from papers.admin import download_views, edition_views, request_views, review_report, review_views

app_name = "papers_admin"
_EDITION = "papers/<id:paper_pk>/editions/<id:number>"

urlpatterns = [
    path("papers/copies/", request_views.copy_requests, name="copy_requests"),
    path("papers/copies/<id:number>/", request_views.resolve_copy_request, name="copy_request"),
    path("papers/downloads/", download_views.downloads, name="downloads"),
    path("papers/files/<id:document_pk>/", edition_views.file_details, name="file_details"),
    path("papers/<id:paper_pk>/editions/", edition_views.editions, name="editions"),
    path(f"{_EDITION}/publish/", edition_views.publish, name="publish"),
    path(f"{_EDITION}/withdraw/", edition_views.withdraw, name="withdraw"),
    path(f"{_EDITION}/edit/", edition_views.edit, name="edit"),
    path(f"{_EDITION}/delete/", edition_views.delete, name="delete"),
    path(f"{_EDITION}/file/", edition_views.file, name="file"),
    path(f"{_EDITION}/gate/", review_views.review, name="review"),
    path(f"{_EDITION}/gate/check/", review_views.recheck, name="recheck"),
    path("reports/files-at-the-gate/", review_report.ReviewReport.as_view(), name="review_report"),
    path(
        "reports/files-at-the-gate/results/",
        review_report.ReviewReport.as_view(results_only=True),
        name="review_report_results",
    ),
    path("papers/requests/", request_views.format_requests, name="format_requests"),
    path("papers/requests/<id:pk>/", request_views.format_request, name="format_request"),
]
