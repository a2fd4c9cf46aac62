"""Keeping the table, outside the request. Each task may run twice."""

from __future__ import annotations

from django_tasks import task

from search import indexing


@task()
def write_page(page_id: int) -> None:
    indexing.write_page(page_id)


@task()
def write_comment(comment_id: int, page_id: int) -> None:
    indexing.write_comment(comment_id, page_id)
