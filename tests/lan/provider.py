"""A small OpenID provider: lets in whoever a test says, and signs what it says of them (RS256)."""

import base64
import json
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any, Final

import trio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

OPENSSL: Final = shutil.which("openssl") or "openssl"
CLIENT, SECRET = "offhook", "client-secret"


class Provider:
    """`user`: who is logged in there, with `groups`. `url`: where it is, once that is known."""

    def __init__(self, folder: Path) -> None:
        self.url = ""
        self.user, self.groups = "anna", ["av"]
        self._key = folder / "provider.key"
        self._asked = dict[str, str]()  # the nonce by its code
        subprocess.run([OPENSSL, "genrsa", "-out", self._key, "2048"], check=True, capture_output=True)
        said = subprocess.run(
            [OPENSSL, "rsa", "-in", self._key, "-noout", "-modulus"], check=True, capture_output=True, text=True
        )
        self._modulus = bytes.fromhex(said.stdout.strip().removeprefix("Modulus="))

    @property
    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._about),
                Route("/keys", self._keys),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
            ]
        )

    async def _about(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def _keys(self, _request: Request) -> Response:
        key = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "1", "n": _plain(self._modulus), "e": "AQAB"}
        return JSONResponse({"keys": [key]})

    async def _authorize(self, request: Request) -> Response:
        asked = request.query_params
        code = f"code-{len(self._asked)}"
        self._asked[code] = asked["nonce"]
        return RedirectResponse(f"{asked['redirect_uri']}?code={code}&state={asked['state']}", 302)

    async def _token(self, request: Request) -> Response:
        shown = base64.b64decode(request.headers["authorization"].partition(" ")[2]).decode()
        said = dict(pair.split("=") for pair in (await request.body()).decode().split("&"))
        if shown != f"{CLIENT}:{SECRET}" or said["code"] not in self._asked:
            return JSONResponse({"error": "invalid_client"}, 401)
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": self.user, "groups": self.groups, "iat": now, "exp": now + 300}
        token = await self._signed({**claims, "nonce": self._asked.pop(said["code"])})
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": token})

    async def _signed(self, claims: dict[str, Any]) -> str:
        head = {"alg": "RS256", "kid": "1", "typ": "JWT"}
        text = ".".join(_plain(json.dumps(part).encode()) for part in (head, claims))
        done = await trio.run_process(
            [OPENSSL, "dgst", "-sha256", "-sign", str(self._key)], stdin=text.encode(), capture_stdout=True
        )
        return f"{text}.{_plain(done.stdout)}"


def _plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
