"""Where higher rooms enter what they know about a reader.

A room registers when Django is ready, from its AppConfig:

    rooms.section(_("Your comments"), order=20)(comments_of)

``accounts`` asks them all and knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from accounts.models import User

Words = str | Promise
Render = Callable[[HttpRequest], SafeString]
Part = Callable[[User], object]
Step = Callable[[User], None]
Entry = TypeVar("Entry", bound=Callable[..., object])


@dataclass(frozen=True)
class Section:
    """A part of the reader's own page; an empty one is left out."""

    title: Words
    body: SafeString


_sections: list[tuple[int, Words, Render]] = []
_parts: dict[str, Part] = {}
_steps: list[tuple[int, Step]] = []


def section(title: Words, *, order: int = 50) -> Callable[[Render], Render]:
    """Enter a function that renders a section of the reader's own page; low ``order`` comes first."""

    def enter(render: Render) -> Render:
        _sections.append((order, title, render))
        return render

    return enter


def export_part(name: str) -> Callable[[Part], Part]:
    """Enter a function that tells what a room holds about somebody, ready for JSON.

    Raises ValueError for a name that is taken.
    """

    def enter(part: Part) -> Part:
        if name in _parts:
            raise ValueError(f"Two rooms export a part called {name!r}.")
        _parts[name] = part
        return part

    return enter


def erasure_step(*, order: int = 50) -> Callable[[Step], Step]:
    """Enter a function that makes a room forget somebody; low ``order`` comes first."""

    def enter(step: Step) -> Step:
        _steps.append((order, step))
        return step

    return enter


def sections(request: HttpRequest) -> list[Section]:
    entered = sorted(_sections, key=lambda entry: entry[0])
    shown = [Section(title, render(request)) for _, title, render in entered]
    return [one for one in shown if one.body.strip()]


def export(user: User) -> dict[str, object]:
    """Return everything the rooms hold about ``user``, by the name of the part."""
    return {name: part(user) for name, part in _parts.items()}


def erase(user: User, *, below: int | None = None) -> None:
    """Let every room forget ``user``, all of them or none; ``below`` stops before steps of that order."""
    with transaction.atomic():
        for order, step in sorted(_steps, key=lambda entry: entry[0]):
            if below is None or order < below:
                step(user)
