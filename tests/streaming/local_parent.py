"""A server stand-in for the tests: starts one local stream, says so, and waits to be killed.

Called with the folder of the data, the stream's id and its track's name.
"""

import os
import sys
import time
import uuid

data_dir, public_id, track = sys.argv[1:]
os.environ["DREAMKAST_DATA_DIR"] = data_dir
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dreamkast.settings.test")

from streaming.media.gateway import StreamSpec  # noqa: E402  The settings are named first.
from streaming.media.local import LocalGateway  # noqa: E402  The same.

spec = StreamSpec(uuid.UUID(public_id), "test", "seaside", track, 1, "Asia/Tokyo", 1, True)
gateway = LocalGateway()
gateway.create(spec)
print(gateway.start(spec).observed, flush=True)
while True:
    time.sleep(60)
