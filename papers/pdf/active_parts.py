"""What counts as active content: parts of a PDF that run, send, fetch or open something outside the file.

Of actions only those named here stay: an unknown one may do anything. Links within the file stay,
and those to web pages, mailboxes and telephone numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeGuard

if TYPE_CHECKING:
    from pikepdf import Dictionary, Object


class ActiveContent(StrEnum):
    JAVASCRIPT = "javascript"
    LAUNCH = "launch"
    EMBEDDED = "embedded"
    FORM = "form"
    MEDIA = "media"
    OUTSIDE = "outside"


WITHIN_FILE = frozenset({"/GoTo", "/GoToDp", "/Hide", "/SetOCGState", "/Trans"})
NO_ACTION = "/NoAction"  # a name that no PDF reader has a command for
PAGE_COMMANDS = frozenset({"/NextPage", "/PrevPage", "/FirstPage", "/LastPage", NO_ACTION})
ACTIONS = {
    "/JavaScript": ActiveContent.JAVASCRIPT,
    "/Launch": ActiveContent.LAUNCH,
    "/SubmitForm": ActiveContent.FORM,
    "/ResetForm": ActiveContent.FORM,
    "/ImportData": ActiveContent.FORM,
    "/Sound": ActiveContent.MEDIA,
    "/Movie": ActiveContent.MEDIA,
    "/Rendition": ActiveContent.MEDIA,
    "/GoTo3DView": ActiveContent.MEDIA,
    "/RichMediaExecute": ActiveContent.MEDIA,
    "/GoToR": ActiveContent.OUTSIDE,
    "/GoToE": ActiveContent.OUTSIDE,
}
ACTION_KEYS = ("/A", "/PA", "/NA", "/OpenAction", "/Next")
MAX_LINK = 2000  # characters; a longer one is judged by its beginning
SAFE_LINK = re.compile(r"(?:https?:|mailto:|tel:|www\.|#)", re.IGNORECASE)
IGNORED_IN_LINKS = re.compile(r"[\x00-\x20]+")  # browsers drop them: "java\nscript:" is a script

KEYS = {
    "/JS": ActiveContent.JAVASCRIPT,
    "/JavaScript": ActiveContent.JAVASCRIPT,
    "/XFA": ActiveContent.JAVASCRIPT,
    "/OnInstantiate": ActiveContent.JAVASCRIPT,
    "/EF": ActiveContent.EMBEDDED,
    "/RF": ActiveContent.EMBEDDED,
    "/EmbeddedFiles": ActiveContent.EMBEDDED,
    "/Renditions": ActiveContent.MEDIA,
    "/AlternatePresentations": ActiveContent.MEDIA,
    "/3DD": ActiveContent.MEDIA,
    "/RichMediaContent": ActiveContent.MEDIA,
    "/RichMediaSettings": ActiveContent.MEDIA,
    "/SpiderInfo": ActiveContent.OUTSIDE,
    "/OPI": ActiveContent.OUTSIDE,
    "/DestOutputProfileRef": ActiveContent.OUTSIDE,
}
# Names too common to mean this everywhere: a structure element may be called Sound.
ANNOTATION_KEYS = {
    "/FileAttachment": ("/FS", ActiveContent.EMBEDDED),
    "/Sound": ("/Sound", ActiveContent.MEDIA),
    "/Movie": ("/Movie", ActiveContent.MEDIA),
}
TELLING_KEYS = frozenset({*KEYS, *ACTION_KEYS, "/AA", "/S", "/Subtype", "/F", "/Base", "/SV"})


class ActivePart(NamedTuple):
    """A key of a dictionary, or without one the dictionary itself, an action."""

    kind: ActiveContent
    holder: Object
    key: str = ""

    def remove(self) -> None:
        """Delete the key, or make the action do nothing but lead to its next ones."""
        import pikepdf

        if self.key:
            if self.key in self.holder:
                del self.holder[self.key]
            return
        for key in set(self.holder.keys()) - {"/Type", "/Next"}:
            del self.holder[key]
        self.holder["/S"] = pikepdf.Name.Named
        self.holder["/N"] = pikepdf.Name(NO_ACTION)


def active_parts(one: Object, *, is_stream: bool) -> Iterator[ActivePart]:
    """Yield what is active in a dictionary, not in those within it, except for actions that it has."""
    keys = set(one.keys())
    if keys.isdisjoint(TELLING_KEYS):
        return
    for key in keys & KEYS.keys():
        yield ActivePart(KEYS[key], one, key)
    if "/S" in keys and "/P" not in keys and str(one["/S"]) in {*ACTIONS, "/URI", "/Thread"}:
        yield from judged(one)
    for action in actions_of(one):
        yield from judged(action)
    if "/Subtype" in keys:
        yield from parts_of_kind(one, str(one["/Subtype"]))
    if is_stream and "/F" in keys:  # the data are in another file
        yield ActivePart(ActiveContent.OUTSIDE, one, "/F")
    if "/Base" in keys and is_text(one["/Base"]) and not is_safe_link(one["/Base"]):
        yield ActivePart(ActiveContent.OUTSIDE, one, "/Base")
    if "/SV" in keys and str(one.get("/FT")) == "/Sig":  # may name servers to ask when signing
        yield ActivePart(ActiveContent.OUTSIDE, one, "/SV")


def parts_of_kind(one: Object, kind: str) -> Iterator[ActivePart]:
    if kind in ANNOTATION_KEYS:
        key, content = ANNOTATION_KEYS[kind]
        if key in one:
            yield ActivePart(content, one, key)
    if kind == "/Form" and is_dictionary(reference := one.get("/Ref")) and "/F" in reference:
        yield ActivePart(ActiveContent.OUTSIDE, one, "/Ref")
    if kind == "/Form" and str(one.get("/Subtype2")) == "/PS":  # a program for PostScript printers
        yield ActivePart(ActiveContent.LAUNCH, one, "/Subtype2")
        yield ActivePart(ActiveContent.LAUNCH, one, "/PS")
    if kind == "/PS":
        yield ActivePart(ActiveContent.LAUNCH, one, "/Subtype")


def actions_of(one: Object) -> Iterator[Object]:
    """Yield the actions that an annotation, field, outline item, page, file or action leads to directly.

    Attributes of structure elements and next outline items, under the same keys, have no type of action.
    """
    values = [one[key] for key in ACTION_KEYS if key in one]
    if is_dictionary(additional := one.get("/AA")):
        values += additional.as_dict().values()
    for value in values:
        for candidate in each(value):
            if is_dictionary(candidate) and "/S" in candidate:
                yield candidate


def judged(action: Object) -> Iterator[ActivePart]:
    """Yield the action unless it stays within the file or is a safe link."""
    name = str(action["/S"])
    stays = (
        name in WITHIN_FILE
        or (name == "/Named" and str(action.get("/N")) in PAGE_COMMANDS)
        or (name == "/Thread" and "/F" not in action)
        or (name == "/URI" and is_safe_link(action.get("/URI")))
    )
    if not stays:
        yield ActivePart(kind_of_action(action, name), action)


def kind_of_action(action: Object, name: str) -> ActiveContent:
    if name == "/URI" and link_text(action.get("/URI")).lower().startswith("javascript:"):
        return ActiveContent.JAVASCRIPT
    return ACTIONS.get(name, ActiveContent.OUTSIDE)


def is_safe_link(value: Any) -> bool:
    return bool(SAFE_LINK.match(link_text(value)))


def link_text(value: Any) -> str:
    """Return an address as browsers read it; nothing for what is no text."""
    if not is_text(value):
        return ""
    return IGNORED_IN_LINKS.sub("", str(value)[:MAX_LINK])


def each(value: Any) -> Iterator[Any]:
    import pikepdf

    if isinstance(value, pikepdf.Array):
        yield from value
    else:
        yield value


def is_text(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.String)


def is_dictionary(value: Any) -> TypeGuard[Dictionary]:
    import pikepdf

    return isinstance(value, pikepdf.Dictionary)
