"""Addresses of the editors' acts on editions, under ``/admin/``."""

from __future__ import annotations

from django.urls import path

from papers import copies_views, counting_views, gate_report, gate_views, requests_desk, views

app_name = "papers_editions"
_EDITION = "papers/<int:paper_pk>/editions/<int:number>"

urlpatterns = [
    path("papers/copies/", copies_views.desk, name="copies"),
    path("papers/copies/<int:number>/", copies_views.settle, name="copy"),
    path("papers/downloads/", counting_views.downloads, name="downloads"),
    path("papers/files/<int:document_pk>/", views.file_says, name="file_says"),
    path("papers/<int:paper_pk>/editions/", views.editions, name="editions"),
    path(f"{_EDITION}/publish/", views.publish, name="publish"),
    path(f"{_EDITION}/withdraw/", views.withdraw, name="withdraw"),
    path(f"{_EDITION}/edit/", views.edit, name="edit"),
    path(f"{_EDITION}/delete/", views.delete, name="delete"),
    path(f"{_EDITION}/file/", views.file, name="file"),
    path(f"{_EDITION}/gate/", gate_views.gate, name="gate"),
    path(f"{_EDITION}/gate/check/", gate_views.check_again, name="check_again"),
    path("reports/files-at-the-gate/", gate_report.GateReport.as_view(), name="gate_report"),
    path(
        "reports/files-at-the-gate/results/",
        gate_report.GateReport.as_view(results_only=True),
        name="gate_report_results",
    ),
    path("papers/requests/", requests_desk.queue, name="requests"),
    path("papers/requests/<int:pk>/", requests_desk.answer, name="request"),
]
