"""Ask the web process on this machine: `python deploy/healthcheck.py /readyz` ends with 0 on a yes."""

import os
import sys
from http.client import HTTPConnection, HTTPException


def site_host() -> str:
    """A name that the site answers to; it refuses requests for any other."""
    first = os.environ.get("DREAMKAST_HOSTS", "").split(",")[0].strip()
    return first.lstrip(".").replace("*", "localhost") or "localhost"


def status(path: str) -> int:
    port = os.environ.get("BIND", "0.0.0.0:8000").rpartition(":")[2]
    connection = HTTPConnection("127.0.0.1", int(port), timeout=5)
    connection.request("GET", path, headers={"Host": site_host(), "X-Forwarded-Proto": "https"})
    return connection.getresponse().status


def main(path: str = "/livez") -> str | None:
    try:
        answer = status(path)
    except (OSError, HTTPException) as error:
        return f"{path} does not answer: {error}"
    return None if answer == 200 else f"{path} answers {answer}"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
