"""Production: what differs between two machines comes from the environment (see deploy/env.example)."""

import warnings
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from dreamkast import env, providers

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = env.folder("DREAMKAST_DATA_DIR", BASE_DIR / ".data")

DEBUG = env.flag("DREAMKAST_DEBUG")
DEMO = env.flag("DREAMKAST_DEMO")
if DEMO and not DEBUG:
    raise ImproperlyConfigured(
        "DREAMKAST_DEMO needs DREAMKAST_DEBUG: the demo signs people in without a check."
    )

SECRET_KEY = env.text("DREAMKAST_SECRET_KEY", "only-for-local-work" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("DREAMKAST_SECRET_KEY must be set to a long random text.")

ALLOWED_HOSTS = env.words("DREAMKAST_HOSTS", "*" if DEBUG else "")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("DREAMKAST_HOSTS must name the hosts of this site, separated by commas.")
CSRF_TRUSTED_ORIGINS = env.words("DREAMKAST_ORIGINS")
# What links in mails begin with: these are written without a request.
SITE_URL = "http://localhost:8000" if "*" in ALLOWED_HOSTS else f"https://{ALLOWED_HOSTS[0].lstrip('.')}"

INSTALLED_APPS = [
    "events.admin_app.DreamkastAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.github",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "channels",
    "csp",
    "ninja",
    "accounts",
    "events",
    "talks",
    "talks.discussion",
    "streaming",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.SignInMiddleware",
]

ROOT_URLCONF = "dreamkast.urls"
ASGI_APPLICATION = "dreamkast.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# The embedded default: without a variable, SQLite in one file and everything else in one process.
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR}/dreamkast.sqlite3")}
DATABASE_POOL = env.number("DREAMKAST_DATABASE_POOL", 10)
IS_SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if IS_SQLITE:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        # Without IMMEDIATE a third of contended read-modify-writes is lost to "database is locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": DATABASE_POOL, "timeout": 10},
        "connect_timeout": 5,
    }

REDIS_URL = env.address("REDIS_URL", {"redis", "rediss", "unix"})
EMBEDDED = not REDIS_URL
if EMBEDDED:
    CHANNEL_LAYERS = {
        # The default capacity of 100 drops silently.
        "default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 10_000}}
    }
else:
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {
                # A subscriber waits for as long as nothing is said: only its connect has a limit.
                "hosts": [{"address": REDIS_URL, "socket_connect_timeout": 1, "health_check_interval": 15}],
                "prefix": "dreamkast",
            },
        }
    }

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if REDIS_URL:
    CACHES["default"] = {
        "BACKEND": "dreamkast.lib.cache.SurvivingRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 0.25, "socket_connect_timeout": 0.25},
    }

CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"polling_interval": 0.05}
    if EMBEDDED
    else {
        "visibility_timeout": 300,
        # Also the longest that a hung broker holds a request up.
        "socket_timeout": 2,
        "socket_connect_timeout": 1,
        # A request does not wait for a dead broker: the tick finds what the message was about.
        "max_retries": 1,
        "interval_start": 0,
    }
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# A task that outlived its line to the broker could end the worker when it acknowledges on the dead one.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_TASK_TIME_LIMIT = 60
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "run automation": {"task": "streaming.tasks.run_automation", "schedule": 1.0},
    "store next talks": {"task": "streaming.tasks.store_next_talks", "schedule": 2.0},
    "drive marks": {"task": "streaming.mark_tasks.drive_marks", "schedule": 1.0},
    "tell sightings": {"task": "streaming.mark_tasks.tell_sightings", "schedule": 2.0},
    "switch inputs": {"task": "streaming.input_tasks.switch_all_inputs", "schedule": 2.0},
    "look at pictures": {"task": "streaming.health_tasks.look_at_pictures", "schedule": 1.0},
    "reconcile streams": {"task": "streaming.tasks.reconcile_streams", "schedule": 2.0},
    "stop forgotten streams": {"task": "streaming.guard_tasks.stop_forgotten_streams", "schedule": 30.0},
    "cut recordings": {"task": "streaming.archive_tasks.cut_recordings", "schedule": 5.0},
    "propose recordings": {"task": "streaming.archive_tasks.propose_recordings", "schedule": 30.0},
    "sweep streams": {"task": "streaming.guard_tasks.sweep_streams", "schedule": 600.0},
    "tell webhooks": {"task": "streaming.webhook_tasks.collect_news", "schedule": 2.0},
    "forget messages of webhooks": {"task": "streaming.webhook_tasks.forget_messages", "schedule": 3600.0},
}

# Sessions live in the database, so that a Redis restart signs nobody out.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("DREAMKAST_BEHIND_PROXY") else None
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0 if DEBUG else 60 * 60 * 24 * 365
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SIGN_IN_PROVIDERS = providers.read("DREAMKAST_OIDC")
# Where viewers reach the archive's bucket; the host of live pictures unless it is said.
AWS_PLAYBACK_HOST = env.text("DREAMKAST_AWS_PLAYBACK_HOST")
ARCHIVE_URL = env.address("DREAMKAST_ARCHIVE_URL", {"http", "https"}) or (
    f"https://{AWS_PLAYBACK_HOST}" if AWS_PLAYBACK_HOST else ""
)
PLAYBACK_SOURCES = env.words("DREAMKAST_PLAYBACK_SOURCES", "https:")
if ARCHIVE_URL:
    PLAYBACK_SOURCES = [*PLAYBACK_SOURCES, ARCHIVE_URL]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF, *PLAYBACK_SOURCES],
        "media-src": [SELF, "blob:", *PLAYBACK_SOURCES],
        "worker-src": [SELF],
        "frame-src": ["https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        "object-src": [NONE],
        "base-uri": [NONE],
        # Chromium also asks it about where a sent form is redirected to.
        "form-action": [SELF, *(provider.origin for provider in SIGN_IN_PROVIDERS)],
        "frame-ancestors": [NONE],
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"

# Without a default in production: the console would put sign-in codes into the log.
EMAIL = env.email("EMAIL_URL", "consolemail://" if DEBUG else "")
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = EMAIL.get("EMAIL_HOST") or "localhost", EMAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
    EMAIL.get("EMAIL_HOST_USER") or "",
    EMAIL.get("EMAIL_HOST_PASSWORD") or "",
)
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_TLS", False), EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DREAMKAST_MAIL_FROM", "Dreamkast <no-reply@localhost>")

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

# WhiteNoise and Django hand files over in one piece under ASGI, which is right for files of this size.
warnings.filterwarnings("ignore", "StreamingHttpResponse must consume synchronous iterators", Warning)

STATIC_URL, MEDIA_URL = "static/", "media/"
STATIC_ROOT = env.folder("DREAMKAST_STATIC_ROOT", BASE_DIR / "staticfiles")
MEDIA_ROOT = DATA_DIR / "media"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "dreamkast.lib.static_files.ModuleManifestStorage"},
}

# Streams: which gateway a track uses when nothing else is said, and where the local one puts its segments.
STREAM_GATEWAY = env.text("DREAMKAST_STREAM_GATEWAY", "local")
STREAM_GATEWAYS = {
    "local": "streaming.media.local.LocalGateway",
    "ivs": "streaming.media.ivs.IvsGateway",
    "medialive": "streaming.media.medialive.MediaLiveGateway",
    "embed": "streaming.media.embed.EmbedGateway",
}
if STREAM_GATEWAY not in STREAM_GATEWAYS:
    raise ImproperlyConfigured(f"DREAMKAST_STREAM_GATEWAY must be one of {', '.join(STREAM_GATEWAYS)}.")
STREAMS_DIR = DATA_DIR / "streams"
# Whoever shows it may read /metrics; while it is empty, only this machine itself.
METRICS_TOKEN = env.text("DREAMKAST_METRICS_TOKEN")
VERSION = "0.1.0"
ENVIRONMENT = env.text("DREAMKAST_ENVIRONMENT", "local")
AWS_ENDPOINT_URL = env.address("AWS_ENDPOINT_URL", {"http", "https"})
AWS_REGION = env.text("AWS_DEFAULT_REGION", "ap-northeast-1")

# What deploy/aws makes and tells.
AWS_MEDIALIVE_ROLE_ARN = env.text("DREAMKAST_AWS_MEDIALIVE_ROLE_ARN")
AWS_RECORDING_CONFIGURATION_ARN = env.text("DREAMKAST_AWS_RECORDING_CONFIGURATION_ARN")
AWS_ARCHIVE_BUCKET = env.text("DREAMKAST_AWS_ARCHIVE_BUCKET")
AWS_CDN_ARN = env.text("DREAMKAST_AWS_CDN_ARN")
AWS_HOOK_SECRET = env.text("DREAMKAST_AWS_HOOK_SECRET")

# Who may push a picture, as networks; nobody while it is empty. 0.0.0.0/0 opens it to the world.
ENCODER_ADDRESSES = env.networks("DREAMKAST_ENCODER_ADDRESSES")
# The renditions of MediaLive: lines and kbit/s at most, the best first.
MEDIA_LADDER = env.ladder("DREAMKAST_LADDER", "1080:3500,720:2000,480:800")
# How far back a recording can be cut: 336 hours at most.
STARTOVER_HOURS = env.number("DREAMKAST_STARTOVER_HOURS", 72)
# Seconds before and after a talk's time on air that its recording begins and ends with.
RECORDING_HANDLE_SECONDS = env.number("DREAMKAST_RECORDING_HANDLE_SECONDS", 10)
# What is done about resources of ours that no row knows: off, report or delete.
SWEEPER = env.choice("DREAMKAST_SWEEPER", {"off", "report", "delete"}, "report")
# Minutes after a track's last talk of the day at which its cloud stream is stopped; 0 never does.
AUTO_STOP_MINUTES = env.number("DREAMKAST_AUTO_STOP_MINUTES", 60)
# List prices in US dollars an hour: of MediaLive's input, of each output, and of what goes into IVS.
STREAM_RATES = env.rates(
    "DREAMKAST_STREAM_RATES", "medialive_input:0.294,hd_output:0.702,sd_output:0.354,ivs_input:2.00"
)
# How long a call without a token is trusted to be under way before it is repeated.
STREAM_SETTLE_SECONDS = env.number("DREAMKAST_STREAM_SETTLE_SECONDS", 30)
# How long the stream of a worker that died waits for the next one; longer than any call with its repeats.
STREAM_LEASE_SECONDS = env.number("DREAMKAST_STREAM_LEASE_SECONDS", 60)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("DREAMKAST_LOG_LEVEL", "INFO")},
}

# Signing in: an address and the code mailed to it. An unknown address signs up by the same code.
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapters.SignInAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Digits, so that a phone shows its number keys and offers the code from the mail.
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 60 * 15
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 4
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Longer than the code lives, so that a late one is answered by our sentence.
ACCOUNT_LOGIN_TIMEOUT = 60 * 60
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = ACCOUNT_LOGIN_BY_CODE_FORMAT
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
# Sign-in is limited in the database (accounts.services.limits): allauth counts in the cache, which may die,
# and its limit per address would lock out a venue that shares one.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "signup": None,
    "login_failed": None,
    "request_login_code": None,
    "reset_password": "2000/10m/ip,5/10m/key",
    "reset_password_from_key": "2000/10m/ip",
}
# A second factor, which people with a role need. A venue shares one address: no limit by address here either.
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Dreamkast"
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_FORMS = {
    "authenticate": "accounts.mfa_forms.SecondFactorForm",
    "reauthenticate": "accounts.mfa_forms.SecondFactorAgainForm",
    "activate_totp": "accounts.mfa_forms.AppForm",
    "add_webauthn": "accounts.mfa_forms.PasskeyForm",
}
# Accounts elsewhere. Only an address that the provider has proved opens the account that has it here.
SOCIALACCOUNT_ADAPTER = "accounts.provider_adapter.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = providers.for_allauth(SIGN_IN_PROVIDERS)
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_QUERY_EMAIL = True
SOCIALACCOUNT_FORMS = {"disconnect": "accounts.forms.LeaveProviderForm"}
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
SIGN_IN_ROLES = providers.role_mappings(SIGN_IN_PROVIDERS)
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_PROXY_SSL_HEADER else 0
CELERY_BEAT_SCHEDULE |= {
    "send due mail": {"task": "accounts.tasks.send_due_mail", "schedule": 5.0},
    "forget old rows": {"task": "accounts.tasks.forget_old_rows", "schedule": 3600.0},
    # A day is enough, but the embedded default counts from its start and may not run for a day.
    "forget unused files": {"task": "talks.tasks.forget_unused_files", "schedule": 3600.0},
    "forget ended events": {"task": "events.tasks.forget_ended", "schedule": 3600.0},
    "mail open questions": {"task": "talks.discussion.tasks.mail_open_questions", "schedule": 60.0},
    "tell votes": {"task": "talks.discussion.tasks.tell_votes", "schedule": 1.0},
}
# Each app says there which rows are personal and what becomes of them (accounts.personal), by layers.
APPS_WITH_PEOPLE = ("accounts", "events", "talks", "talks.discussion", "streaming")
PERSONAL_DATA = [f"{app}.personal_data" for app in APPS_WITH_PEOPLE]

env.refuse_unknown()
