"""From a flat list of comments to a talk: who stands beneath whom, and what of it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol


class TreeItem(Protocol):
    """What weaving asks of a comment; ``shown`` is false for one that can only be a stub."""

    @property
    def pk(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...
    @property
    def shown(self) -> bool: ...


@dataclass(slots=True)
class Node:
    """A comment, and the branches of its replies, in reading order."""

    comment: TreeItem
    replies: list[Node] = field(default_factory=list)
    visible_descendants: int = 0

    @property
    def is_visible(self) -> bool:
        """Say whether a reader sees anything of it, if only a stub above a reply."""
        return self.comment.shown or self.visible_descendants > 0


def build_tree(comments: Iterable[TreeItem]) -> list[Node]:
    """Return the top comments, each with its replies beneath it.

    Give every comment after its parent and in reading order among its siblings.
    A comment that isn't shown stays, as a stub, only while something shown
    stands beneath it. Raises KeyError for a reply whose parent was not given
    before it. Two passes: time grows with the number of comments.
    """
    roots: list[Node] = []
    seen: dict[int, Node] = {}
    for comment in comments:
        branch = Node(comment)
        siblings = roots if comment.parent_id is None else seen[comment.parent_id].replies
        siblings.append(branch)
        seen[comment.pk] = branch
    for branch in reversed(seen.values()):  # children before parents
        parent_id = branch.comment.parent_id
        if parent_id is not None:
            seen[parent_id].visible_descendants += branch.visible_descendants + branch.comment.shown
        branch.replies = [reply for reply in branch.replies if reply.is_visible]
    return [root for root in roots if root.is_visible]


def descendants(top: Node) -> Iterator[Node]:
    """Yield every branch under ``top`` in reading order, without recursion: talks may be deep."""
    pending = list(reversed(top.replies))
    while pending:
        branch = pending.pop()
        yield branch
        pending.extend(reversed(branch.replies))


def depths(branches: Sequence[Node]) -> list[int]:
    """Return how deep each of ``branches`` is shown, when only these are: under its parent, or at 0.

    Give them in reading order.
    """
    depth: dict[int, int] = {}
    for branch in branches:
        parent_id = branch.comment.parent_id
        depth[branch.comment.pk] = depth.get(parent_id, -1) + 1 if parent_id is not None else 0
    return list(depth.values())
