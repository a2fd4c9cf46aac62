"""Updates of the search table outside the request. Each task may run twice."""

from __future__ import annotations

from django_tasks import task

from search import indexing


@task()
def index_page(page_id: int) -> None:
    indexing.index_page(page_id)


@task()
def index_comment(comment_id: int, page_id: int) -> None:
    indexing.index_comment(comment_id, page_id)


@task()
def index_member(user_id: int) -> None:
    indexing.index_member(user_id)


@task()
def index_author(author_id: int) -> None:
    indexing.index_author(author_id)
