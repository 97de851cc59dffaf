"""A stand-in for Zoom on this machine: the methods that are used, as its documentation has them."""

from __future__ import annotations

import json
import threading
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs

ACCOUNT, CLIENT, SECRET = "account-1", "client-1", "not-so-secret"


class ZoomOffice:
    """Remembers meetings; refuses as Zoom does. ``failing`` is answered to every method."""

    def __init__(self) -> None:
        self.meetings: dict[str, dict[str, Any]] = {}
        self.asked: list[tuple[str, str]] = []
        self.failing: tuple[int, dict[str, Any]] | None = None
        self.raw: bytes | None = None
        self.tokens: list[str] = []
        self.server = HTTPServer(("127.0.0.1", 0), self._handler())
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def token(self, headers: Any, body: bytes) -> tuple[int, dict[str, Any]]:
        given = parse_qs(body.decode())
        pair = b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if headers["Authorization"] != f"Basic {pair}":
            return 400, {
                "reason": "Invalid client_id or client_secret",
                "error": "invalid_client",
            }
        if given != {"grant_type": ["account_credentials"], "account_id": [ACCOUNT]}:
            return 400, {"reason": "Bad Request", "error": "invalid_request"}
        self.tokens.append(f"token-{len(self.tokens)}")
        return 200, {
            "access_token": self.tokens[-1],
            "token_type": "bearer",
            "expires_in": 3600,
            "scope": "meeting:write:admin",
            "api_url": "https://api.zoom.us",
        }

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> tuple[int, Any]:
        self.asked.append((method, path))
        if path == "/oauth/token":
            return self.token(headers, body)
        if headers["Authorization"] != f"Bearer {self.tokens[-1]}":
            return 401, {"code": 124, "message": "Invalid access token."}
        if self.failing:
            return self.failing
        if (method, path) == ("POST", "/v2/users/me/meetings"):
            number = str(85746065000 + len(self.meetings))
            self.meetings[number] = json.loads(body)
            link = f"https://us02web.zoom.us/j/{number}?pwd=abc"
            return 201, {
                "id": int(number),
                "join_url": link,
                "start_url": "https://zoom.us/s/x",
            }
        number = path.removeprefix("/v2/meetings/")
        if number not in self.meetings:
            return 404, {"code": 3001, "message": f"Meeting does not exist: {number}."}
        if method == "PATCH":
            self.meetings[number] |= json.loads(body)
        else:
            del self.meetings[number]
        return 204, None

    def _handler(office) -> type[BaseHTTPRequestHandler]:  # noqa: N805 -- the handler has a self
        class Handler(BaseHTTPRequestHandler):
            def serve(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, found = office.answer(self.command, self.path, self.headers, body)
                data = b"" if found is None else json.dumps(found).encode()
                if office.raw is not None:
                    data = office.raw
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_POST = do_PATCH = do_DELETE = serve  # noqa: N815 -- as http.server wants them

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- as inherited
                """Say nothing."""

        return Handler
