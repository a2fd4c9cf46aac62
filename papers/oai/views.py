"""The address for harvesters."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from lxml import etree

from papers.oai.request import OAIError, OAIRequest, parse_request
from papers.oai.response import HANDLERS, OAI, add, envelope
from papers.oai.sync import sync_records
from public_forms.checks import rate_limited

ERRORS_WITHOUT_ARGUMENTS = {"badVerb", "badArgument"}  # responses to them must not repeat the arguments


@csrf_exempt  # it changes nothing for the client, and harvesters may POST
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limited("oai")
def oai(request: HttpRequest) -> HttpResponse:
    """Answer one of the protocol's six verbs; errors are reported within a 200."""
    sync_records()
    parameters = request.POST if request.method == "POST" else request.GET
    arguments = {name: str(value) for name, value in parameters.items() if name.isidentifier()}
    try:
        root = handle(parse_request(parameters), arguments)
    except OAIError as error:
        root = envelope({} if error.code in ERRORS_WITHOUT_ARGUMENTS else arguments)
        add(root, "error", error.message, code=error.code)
    xml = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return HttpResponse(xml, content_type="text/xml; charset=utf-8", headers={"Cache-Control": "no-cache"})


def handle(oai_request: OAIRequest, arguments: dict[str, str]) -> etree._Element:
    root = envelope(arguments)
    HANDLERS[oai_request.verb](etree.SubElement(root, f"{{{OAI}}}{oai_request.verb}"), oai_request)
    return root
