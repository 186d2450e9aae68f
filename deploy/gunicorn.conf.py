"""gunicorn -c deploy/gunicorn.conf.py dreamkast.asgi, started in the project's root.

WEB_CONCURRENCY sets the number of processes; GUNICORN_CMD_ARGS may overrule every line.
"""

import os

bind = os.environ.get("BIND", "0.0.0.0:8000")
worker_class = "deploy.worker.Worker"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# A worker that was told to go closes its sockets at once and gives requests 6 s
# (dreamkast.lib.serve.OPTIONS): it must be through before gunicorn loses its patience.
graceful_timeout = 20
timeout = 30
# Longer than the proxy keeps an idle connection, or a request meets a closed one.
keepalive = 75
# When a server restarts, all its viewers come back within seconds.
backlog = 4096
# Restarting a worker now and then would drop its viewers.
max_requests = 0
# The heartbeat file must not wait for a disk, and the image's root may be read-only.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
control_socket_disable = True
