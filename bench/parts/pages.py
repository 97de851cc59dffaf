"""How much a telephone must load to show a page of the portal."""

from __future__ import annotations

import re
from http.client import HTTPConnection

from bench import cast
from bench.figures import Figure, at_most
from bench.web import Call, Server, serving
from loket.cases.models import Case
from loket.kernel import clock

AIM_KB = 60
CODINGS = "br, gzip"
NAMED = re.compile(r"""(?:href|src)="([^"]+)"[^>]*?""")
LOADED = re.compile(r"<(?:link|script|img|source)\b[^>]*>")
NOT_LOADED = re.compile(r'rel="(?:canonical|alternate|next|prev)"')
IN_STYLES = re.compile(r"url\([\"']?([^\"')]+)")


def measure() -> list[Figure]:
    """Return the weight of the pages that residents open first."""
    (draft,) = cast.drafts(1, at=clock.now())
    (cookies,) = cast.signed_in([draft.resident.account])
    case = Case.objects.filter(resident__isnull=False).select_related("resident__account")[0]
    (applicant,) = cast.signed_in([case.resident.account] if case.resident else [])
    pages = {
        "home": Call(path="/"),
        "service": Call(path=f"/services/{cast.SERVICE}/"),
        "question": Call(path=f"/apply/{draft.code}/mother/", cookies=cookies),
        "status": Call(path="/status/"),
        "case": Call(path=f"/cases/{case.code}/", cookies=applicant),
        "verify": Call(path="/verify/"),
    }
    with serving() as server:
        return [weighed(server, name, call) for name, call in pages.items()]


def weighed(server: Server, name: str, call: Call) -> Figure:
    """Load a page and everything that it names, as a browser does the first time."""
    connection = server.connect()
    size, text = load(connection, call)
    sizes, foreign, waiting = {"the page": size}, [], loaded_by(text)
    for path in waiting:
        if path in sizes or path.startswith("data:"):
            continue
        if "//" in path:
            foreign.append(path)
            continue
        sizes[path], inside = load(connection, Call(path=path, cookies=call.cookies))
        if path.endswith(".css"):
            waiting += [within(path, found) for found in IN_STYLES.findall(inside)]
    return at_most(
        f"weight of the page: {name}",
        sum(sizes.values()) / 1000,
        unit="kB",
        aim=AIM_KB,
        detail={"requests": len(sizes), "third_party_requests": foreign, "bytes": sizes},
    )


def load(connection: HTTPConnection, call: Call) -> tuple[int, str]:
    """Return how many bytes an answer takes on the wire, and its text if it has one."""
    body, headers = fetch(connection, call, CODINGS)
    kind = headers.get("content-type", "")
    line = sum(len(name) + len(value) + 4 for name, value in headers.items())
    if not kind.startswith(("text/html", "text/css")):
        return len(body) + line, ""
    plain, _headers = fetch(connection, call, "identity")
    return len(body) + line, plain.decode()


def fetch(connection: HTTPConnection, call: Call, codings: str) -> tuple[bytes, dict[str, str]]:
    connection.request("GET", call.path, headers={**call.headers, "Accept-Encoding": codings})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != call.status:
        raise RuntimeError(f"{call.path}: {answer.status}")
    return body, {name.lower(): value for name, value in answer.getheaders()}


def loaded_by(text: str) -> list[str]:
    """Return the addresses that a browser loads for a page: styles, scripts, images, icons."""
    tags = (tag for tag in LOADED.findall(text) if not NOT_LOADED.search(tag))
    return [path for tag in tags for path in NAMED.findall(tag)]


def within(styles: str, path: str) -> str:
    """Return the address of a file that a style sheet names."""
    if path.startswith(("/", "data:")) or "//" in path:
        return path
    folder = styles.rpartition("/")[0].split("/")
    for step in path.split("/"):
        if step == "..":
            folder.pop()
        elif step != ".":
            folder.append(step)
    return "/".join(folder)
