"""gunicorn's worker: uvicorn, set up just as the demo sets it up."""

from uvicorn_worker import UvicornWorker

from dreamkast.lib.serve import OPTIONS


class Worker(UvicornWorker):
    # gunicorn's own options do not reach uvicorn: this is the only place for pings, sizes and compression.
    CONFIG_KWARGS = OPTIONS
