"""From a flat list of comments to a talk: who stands beneath whom, and what of it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol


class Spoken(Protocol):
    """What weaving asks of a comment; ``shown`` is false for one that can only be a stub."""

    @property
    def pk(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...
    @property
    def shown(self) -> bool: ...


@dataclass(slots=True)
class Branch:
    """A comment, and the branches of its replies, in reading order."""

    comment: Spoken
    replies: list[Branch] = field(default_factory=list)
    shown_beneath: int = 0

    @property
    def stands(self) -> bool:
        """Say whether a reader sees anything of it, if only a stub above a reply."""
        return self.comment.shown or self.shown_beneath > 0


def weave(comments: Iterable[Spoken]) -> list[Branch]:
    """Return the top comments, each with its replies beneath it.

    Give every comment after its parent and in reading order among its siblings.
    A comment that isn't shown stays, as a stub, only while something shown
    stands beneath it. Raises KeyError for a reply whose parent was not given
    before it. Two passes: time grows with the number of comments.
    """
    roots: list[Branch] = []
    seen: dict[int, Branch] = {}
    for comment in comments:
        branch = Branch(comment)
        siblings = roots if comment.parent_id is None else seen[comment.parent_id].replies
        siblings.append(branch)
        seen[comment.pk] = branch
    for branch in reversed(seen.values()):  # children before parents
        parent_id = branch.comment.parent_id
        if parent_id is not None:
            seen[parent_id].shown_beneath += branch.shown_beneath + branch.comment.shown
        branch.replies = [reply for reply in branch.replies if reply.stands]
    return [root for root in roots if root.stands]


def beneath(top: Branch) -> Iterator[Branch]:
    """Yield every branch under ``top`` in reading order, without recursion: talks may be deep."""
    pending = list(reversed(top.replies))
    while pending:
        branch = pending.pop()
        yield branch
        pending.extend(reversed(branch.replies))


def depths(branches: Sequence[Branch]) -> list[int]:
    """Return how deep each of ``branches`` is shown, when only these are: under its parent, or at 0.

    Give them in reading order.
    """
    depth: dict[int, int] = {}
    for branch in branches:
        parent_id = branch.comment.parent_id
        depth[branch.comment.pk] = depth.get(parent_id, -1) + 1 if parent_id is not None else 0
    return list(depth.values())
