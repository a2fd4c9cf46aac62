"""PDFs with actions and content that lead outside the file, all to 203.0.113.5."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from papers.pdf import active_content
from papers.pdf.active_content import ActiveContent
from tests.support.paper_files import pdf_bytes

REMOTE = rb"<< /Type /Filespec /F (\\\\203.0.113.5\\share\\towns.pdf) >>"
ACTIONS = {
    "file on a server": (b"/S /GoToR /D [0 /Fit] /F " + REMOTE, ActiveContent.OUTSIDE),
    "file on the disk": (b"/S /GoToR /F (file:///203.0.113.5)", ActiveContent.OUTSIDE),
    "file in a file": (b"/S /GoToE /D (a) /F " + REMOTE, ActiveContent.OUTSIDE),
    "thread elsewhere": (b"/S /Thread /D 0 /F " + REMOTE, ActiveContent.OUTSIDE),
    "unknown": (b"/S /FromTheFuture /F " + REMOTE, ActiveContent.OUTSIDE),
    "menu command": (b"/S /Named /N /SaveAs /X " + REMOTE, ActiveContent.OUTSIDE),
    "send": (b"/S /SubmitForm /Flags 4 /F " + REMOTE, ActiveContent.FORM),
    "clear": (b"/S /ResetForm /X " + REMOTE, ActiveContent.FORM),
    "import": (b"/S /ImportData /F " + REMOTE, ActiveContent.FORM),
    "sound": (b"/S /Sound /Sound " + REMOTE, ActiveContent.MEDIA),
    "movie": (b"/S /Movie /T (203.0.113.5)", ActiveContent.MEDIA),
    "rendition": (
        b"/S /Rendition /OP 0 /R << /S /MR /C << /S /MCD /D " + REMOTE + b" >> >>",
        ActiveContent.MEDIA,
    ),
    "3D view": (b"/S /GoTo3DView /TA " + REMOTE, ActiveContent.MEDIA),
    "rich media": (b"/S /RichMediaExecute /TI " + REMOTE, ActiveContent.MEDIA),
    "script": (b"/S /JavaScript /JS (203.0.113.5)", ActiveContent.JAVASCRIPT),
    "program": (b"/S /Launch /Win << /F " + REMOTE + b" >>", ActiveContent.LAUNCH),
}


def an_action(name):
    return Object.parse(b"<< " + ACTIONS[name][0] + b" >>")


def remote():
    return Object.parse(REMOTE)


def on_a_link(pdf, action):
    annotation = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
    pdf.pages[0].Annots = Array([pdf.make_indirect(annotation)])


def on_a_link_of_old(pdf, action):
    pdf.pages[0].Annots = Array([Dictionary(Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), PA=action)])


def after_a_safe_link(pdf, action):
    safe = Dictionary(S=Name.URI, URI=String("https://example.org/"), Next=action)
    on_a_link(pdf, safe)


def among_several_after_a_link(pdf, action):
    safe = Dictionary(
        S=Name.GoTo, D=String("a"), Next=Array([Dictionary(S=Name.GoTo, D=String("b")), action])
    )
    on_a_link(pdf, safe)


def at_opening(pdf, action):
    pdf.Root.OpenAction = pdf.make_indirect(action)


def when_the_file_closes(pdf, action):
    pdf.Root.AA = Dictionary(WC=action)


def when_a_page_opens(pdf, action):
    pdf.pages[0].AA = pdf.make_indirect(Dictionary(O=action))


def in_a_field(pdf, action):
    field = pdf.make_indirect(Dictionary(FT=Name.Btn, T=String("a"), Kids=Array([]), AA=Dictionary(U=action)))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def in_a_bookmark(pdf, action):
    item = pdf.make_indirect(Dictionary(Title=String("Towns"), A=action))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=item, Last=item, Count=1))
    item.Parent = pdf.Root.Outlines


def in_a_presentation(pdf, action):
    pdf.pages[0].PresSteps = Dictionary(Type=Name.NavNode, NA=action)


PLACES = [
    on_a_link,
    on_a_link_of_old,
    after_a_safe_link,
    among_several_after_a_link,
    at_opening,
    when_the_file_closes,
    when_a_page_opens,
    in_a_field,
    in_a_bookmark,
    in_a_presentation,
]


def movie(pdf):
    pdf.pages[0].Annots = Array([Dictionary(Subtype=Name.Movie, Movie=Dictionary(F=remote()))])


def sound(pdf):
    pdf.pages[0].Annots = Array(
        [Dictionary(Subtype=Name.Sound, Sound=pdf.make_stream(b"", {"/R": 8000, "/F": remote()}))]
    )


def model_in_3d(pdf):
    script = pdf.make_stream(b"203.0.113.5")
    model = pdf.make_stream(b"U3D", {"/Type": Name("/3D"), "/Subtype": Name.U3D, "/OnInstantiate": script})
    pdf.pages[0].Annots = Array([Dictionary({"/Subtype": Name("/3D"), "/3DD": model})])


def rich_media(pdf):
    content = Dictionary(Assets=Dictionary(Names=Array([String("a"), remote()])))
    pdf.pages[0].Annots = Array([Dictionary(Subtype=Name.RichMedia, RichMediaContent=content)])


def renditions(pdf):
    pdf.Root.Names = Dictionary(Renditions=Dictionary(Names=Array([String("a"), Dictionary(C=remote())])))


def form_in_xml(pdf):
    pdf.Root.AcroForm = Dictionary(XFA=pdf.make_stream(b"<script>203.0.113.5</script>"), Fields=Array([]))


def picture_elsewhere(pdf):
    picture = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 1, "/Height": 1, "/F": remote()}
    pdf.pages[0].Resources.XObject = Dictionary(A=pdf.make_stream(b"", picture))


def page_elsewhere(pdf):
    form = {"/Subtype": Name.Form, "/BBox": Array([0, 0, 1, 1]), "/Ref": Dictionary(F=remote(), Page=0)}
    pdf.pages[0].Resources.XObject = Dictionary(A=pdf.make_stream(b"", form))


def print_program(pdf):
    form = {"/Subtype": Name.Form, "/Subtype2": Name.PS, "/PS": pdf.make_stream(b"203.0.113.5")}
    pdf.pages[0].Resources.XObject = Dictionary(A=pdf.make_stream(b"", form))


def links_from_a_server(pdf):
    pdf.Root.URI = Dictionary(Base=String("file://203.0.113.5/"))


def questions_when_signing(pdf):
    seed = Dictionary(TimeStamp=Dictionary(URL=String("http://203.0.113.5/")))
    pdf.Root.AcroForm = Dictionary(Fields=Array([Dictionary(FT=Name.Sig, T=String("a"), SV=seed)]))


CONTENT = {
    movie: ActiveContent.MEDIA,
    sound: ActiveContent.MEDIA,
    model_in_3d: ActiveContent.MEDIA,
    rich_media: ActiveContent.MEDIA,
    renditions: ActiveContent.MEDIA,
    form_in_xml: ActiveContent.JAVASCRIPT,
    picture_elsewhere: ActiveContent.OUTSIDE,
    page_elsewhere: ActiveContent.OUTSIDE,
    print_program: ActiveContent.LAUNCH,
    links_from_a_server: ActiveContent.OUTSIDE,
    questions_when_signing: ActiveContent.OUTSIDE,
}


def script(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def attachment(pdf):
    pdf.attachments["towns.exe"] = b"MZ"


def launch(pdf):
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("calc.exe"), NewWindow=True))


def made(*makes):
    with pikepdf.open(io.BytesIO(pdf_bytes(words="Shared buses"))) as pdf:
        for make in makes:
            make(pdf)
        written = io.BytesIO()
        pdf.save(written)
    return written.getvalue()


def cleaned(tmp_path, make, *args, **save):
    """Return what was removed, and all that the cleaned file holds."""
    path, clean = tmp_path / "active.pdf", tmp_path / "clean.pdf"
    with pikepdf.open(io.BytesIO(pdf_bytes(words="Shared buses"))) as pdf:
        make(pdf, *args)
        pdf.save(path, **save)

    removed = active_content.strip(path, to=clean)

    if not removed:
        return removed, path.read_bytes()
    assert active_content.find(clean) == set()
    with pikepdf.open(clean) as pdf:
        streams = [one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        return removed, b"".join([*(one.unparse(resolved=True) for one in pdf.objects), *streams])
