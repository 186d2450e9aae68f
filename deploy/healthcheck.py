"""Is this web process ready? Asked by the container engine, in the name of the site's own host."""

import os
import sys
import urllib.request

host = os.environ["DREAMKAST_HOSTS"].split(",")[0].strip()
port = os.environ.get("BIND", "0.0.0.0:8000").rpartition(":")[2]
request = urllib.request.Request(
    f"http://127.0.0.1:{port}/readyz", headers={"Host": host, "X-Forwarded-Proto": "https"}
)
try:
    urllib.request.urlopen(request, timeout=5)
except OSError as error:
    sys.exit(f"not ready: {error}")
