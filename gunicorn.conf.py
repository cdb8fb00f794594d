"""How gunicorn serves `tracker.wsgi`; found by itself when gunicorn is started in this folder.

Number of processes: `--workers` or WEB_CONCURRENCY; more than one needs a CACHE_URL that they share.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

# Read here, in the master, so that a wrong setting ends gunicorn with its one line; in a worker it would be started
# again and again.
from django.conf import settings

wsgi_app = "tracker.wsgi"
bind = f"127.0.0.1:{settings.PORT}"
worker_class = "gthread"
threads = 8
timeout = 30  # seconds without a sign of life
graceful_timeout = 8  # seconds for answers under way when it is told to stop; fewer than make run waits
keepalive = 5
preload_app = True
control_socket_disable = True
forwarded_allow_ips = ""  # tracker.operate.proxies judges forwarding headers, by TRUSTED_PROXIES
logconfig_dict = settings.LOGGING
