"""An OpenID Connect provider over HTTP: discovery, keys, a sign-in page, codes with PKCE, signed tokens.

It keeps the rules of the standard: an unknown client, a foreign redirect, a wrong secret, a used code and a
wrong verifier are refused.
"""

import base64
import hashlib
import html
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET, KEY_ID = "dreamkast", "only for tests", "one"


class OidcProvider:
    """`person` is who signs in there: the claims of the tokens, at least `sub`."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = {"sub": "42"}
        self.fails = False
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, dict[str, Any]] = {}
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Answer,), {"provider": self}))
        self.url = f"http://localhost:{self.server.server_port}"

    def start(self) -> None:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def entry(self, **more: Any) -> dict[str, Any]:
        """This provider as DREAMKAST_OIDC names it."""
        fixed = {"id": "harbour-id", "name": "Harbour ID", "issuer": self.url}
        return {**fixed, "client_id": CLIENT, "secret": SECRET, **more}

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def keys(self) -> dict[str, Any]:
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**key, "kid": KEY_ID, "alg": "RS256", "use": "sig"}]}

    def code_for(self, asked: dict[str, str]) -> str:
        """Where the browser goes after signing in here."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token_for(self, sent: dict[str, str]) -> dict[str, Any] | None:
        asked = self.codes.pop(sent.get("code", ""), None)
        is_client = (sent.get("client_id"), sent.get("client_secret")) == (CLIENT, SECRET)
        if asked is None or not is_client or sent.get("redirect_uri") != asked["redirect_uri"]:
            return None
        if _challenge(sent.get("code_verifier", "")) != asked.get("code_challenge"):
            return None
        token, now = secrets.token_urlsafe(16), int(time.time())
        self.tokens[token] = self.person
        claims = {**self.person, "iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60}
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": KEY_ID})
        return {"access_token": token, "token_type": "Bearer", "expires_in": 60, "id_token": signed}


class Answer(BaseHTTPRequestHandler):
    provider: OidcProvider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        match parts.path:
            case "/.well-known/openid-configuration":
                self._json(self.provider.configuration())
            case "/keys":
                self._json(self.provider.keys())
            case "/authorize":
                self._page(_only(parts.query))
            case "/userinfo":
                token = self.headers.get("Authorization", "").removeprefix("Bearer ")
                person = self.provider.tokens.get(token)
                self._json(person, 200 if person else 401)
            case _:
                self.send_error(404)

    def do_POST(self) -> None:
        sent = _only(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if urlsplit(self.path).path == "/token":
            token = self.provider.token_for(sent)
            self._json(token or {"error": "invalid_grant"}, 200 if token else 400)
        else:
            self.send_response(302)
            self.send_header("Location", self.provider.code_for(_only(urlsplit(self.path).query)))
            self.end_headers()

    def _page(self, asked: dict[str, str]) -> None:
        if asked.get("client_id") != CLIENT or "/accounts/oidc/" not in asked.get("redirect_uri", ""):
            self.send_error(400)
            return
        who = html.escape(str(self.provider.person.get("name", "")))
        form = f"<form method=post><button>Go on as {who}</button></form>"
        text = f"<!doctype html><title>Harbour ID</title>{form}"
        self._send(text.encode(), "text/html; charset=utf-8", 200)

    def _json(self, body: Any, status: int = 200) -> None:
        if self.provider.fails:
            body, status = {"error": "down"}, 503
        self._send(json.dumps(body).encode(), "application/json", status)

    def _send(self, body: bytes, kind: str, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


def _only(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(unquote(verifier).encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
