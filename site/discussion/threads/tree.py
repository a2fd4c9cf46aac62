"""From a flat list of comments to a tree of threads, and what of it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar


class TreeItem(Protocol):
    """What the tree asks of a comment; ``shown`` is false for one that can only be a stub."""

    @property
    def pk(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...
    @property
    def shown(self) -> bool: ...


Item = TypeVar("Item", bound=TreeItem)


@dataclass(slots=True)
class Node(Generic[Item]):
    """A comment and the nodes of its replies, in reading order."""

    comment: Item
    replies: list[Node[Item]] = field(default_factory=list)
    visible_descendants: int = 0

    @property
    def is_visible(self) -> bool:
        """Say whether a reader sees anything of it, if only a stub above a reply."""
        return self.comment.shown or self.visible_descendants > 0


def build_tree(comments: Iterable[Item]) -> list[Node[Item]]:
    """Return the top comments, each with its replies beneath it.

    Give every comment after its parent and in reading order among its siblings.
    A comment that isn't shown stays, as a stub, only while something shown
    stands beneath it. Raises KeyError for a reply whose parent was not given
    before it. Two passes: time grows with the number of comments.
    """
    roots: list[Node[Item]] = []
    nodes: dict[int, Node[Item]] = {}
    for comment in comments:
        node = Node(comment)
        siblings = roots if comment.parent_id is None else nodes[comment.parent_id].replies
        siblings.append(node)
        nodes[comment.pk] = node
    for node in reversed(nodes.values()):  # children before parents
        parent_id = node.comment.parent_id
        if parent_id is not None:
            nodes[parent_id].visible_descendants += node.visible_descendants + node.comment.shown
        node.replies = [reply for reply in node.replies if reply.is_visible]
    return [root for root in roots if root.is_visible]


def descendants(top: Node[Item]) -> Iterator[Node[Item]]:
    """Yield every node under ``top`` in reading order, without recursion: threads may be deep."""
    pending = list(reversed(top.replies))
    while pending:
        node = pending.pop()
        yield node
        pending.extend(reversed(node.replies))


def depths(nodes: Sequence[Node[Item]]) -> list[int]:
    """Return how deep each of ``nodes`` is shown, when only these are: under its parent, or at 1.

    Give them in reading order, their top, which is at 0, first.
    """
    depth: dict[int, int] = {}
    for node in nodes:
        parent_id = node.comment.parent_id
        depth[node.comment.pk] = depth.get(parent_id, 0) + 1 if parent_id is not None else 0
    return list(depth.values())
