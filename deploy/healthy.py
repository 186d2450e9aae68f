"""Ask the web server on this machine: `python deploy/healthy.py /readyz` ends with 0 when it answers 200."""

import os
import sys
from http.client import HTTPConnection, HTTPException


def host() -> str:
    """A name that the site answers to; requests for any other are refused."""
    first = os.environ.get("DREAMKAST_HOSTS", "").split(",")[0].strip()
    return first.lstrip(".").replace("*", "localhost") or "localhost"


def main(path: str = "/livez") -> int:
    connection = HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=4)
    try:
        connection.request("GET", path, headers={"Host": host(), "X-Forwarded-Proto": "https"})
        return 0 if connection.getresponse().status == 200 else 1
    except (OSError, HTTPException):
        return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
