"""Every setting, with its default. Production differs by environment only.

Each name read from the environment is explained in ``docs/reference/settings.md``.
"""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from . import env

SOURCE = Path(__file__).resolve().parents[1]
DATA = Path(env.text("DATA", "data")).absolute()

# What this installation is.
DEBUG = env.flag("DEBUG", default=False)
DEMO = env.flag("DEMO", default=False)
SECRET_KEY = env.text("SECRET_KEY")
PUBLIC_URL = env.text("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.words("HOSTS", default="localhost,127.0.0.1")
HTTPS = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "loket.portal",
    "loket.desk",
    "loket.api",
    "loket.demo",
    "loket.insight",
    "loket.incidents",
    "loket.cases",
    "loket.documents",
    "loket.workforce",
    "loket.policies",
    "loket.messaging",
    "loket.catalogue",
    "loket.people",
    "loket.organisation",
    "loket.files",
    "loket.journal",
    "loket.jobs",
    "loket.ui",
    "loket.kernel",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "template_partials",
    "django_tasks",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "loket.ui.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "loket.site.middleware.ActorMiddleware",
    "loket.desk.account.second_factor.SecondFactorMiddleware",
    "loket.ui.middleware.TypedTextMiddleware",
    "loket.ui.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "loket.site.urls"
WSGI_APPLICATION = "loket.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "loket.ui.context.page",
                "loket.desk.context.desk",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What it stores, and where.
DATABASES = {"default": env.database("DATABASE", sqlite=DATA / "loket.sqlite3")}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}
FILES_ROOT = Path(env.text("FILES", str(DATA / "files")))
KEYS_ROOT = Path(env.text("KEYS", str(DATA / "keys")))
SNAPSHOT_ROOT = Path(env.text("SNAPSHOT", str(DATA / "snapshot")))
STATIC_URL = "static/"
STATIC_ROOT = Path(env.text("STATIC", str(DATA / "static")))
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
TASKS = {"default": {"BACKEND": "loket.jobs.backend.DatabaseBackend"}}

# Uploads (see docs/reference/settings.md): one file, one question, one request.
UPLOAD_MAX_BYTES = env.number("UPLOAD_MAX_MEGABYTES", default=20) * 1024 * 1024
UPLOAD_MAX_FILES = env.number("UPLOAD_MAX_FILES", default=10)
WORK_ENTRY_DAYS = env.number("WORK_ENTRY_DAYS", default=0)
WORK_VALIDATION_DAYS = env.number("WORK_VALIDATION_DAYS", default=0)
"""Days within which a report is handed in, and validated; 0: the region set no limit."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = UPLOAD_MAX_FILES
FILE_UPLOAD_HANDLERS = [
    "loket.ui.intake.LimitedIntake",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CLAMD_SOCKET = env.text("CLAMD_SOCKET")

# Whom a positive case met, and for how long that is known.
TRACING_DAYS = env.number("TRACING_DAYS", default=28)
INCIDENT_DAYS = env.number("INCIDENT_DAYS", default=28)
CLOSE_CONTACT_MINUTES = env.number("CLOSE_CONTACT_MINUTES", default=15)

# Attendance: how near to an office somebody is at it, and how long photos from home are kept.
ATTENDANCE_RADIUS_METRES = env.number("ATTENDANCE_RADIUS_METRES", default=100)
PHOTO_DAYS = env.number("PHOTO_DAYS", default=30)

# How it speaks.
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
OFFICE_TIME_ZONE = env.text("TIME_ZONE", "Asia/Jakarta")

# How it reaches people.
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("SMTP_HOST", "127.0.0.1")
EMAIL_PORT = env.number("SMTP_PORT", default=25)
EMAIL_HOST_USER = env.text("SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("SMTP_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "Loket <loket@localhost>")
SMS_GATEWAY_DOMAIN = env.text("SMS_GATEWAY_DOMAIN")
MAILBOX_ROOT = Path(env.text("MAILBOX", str(DATA / "mailbox")))

# Where people meet from afar, and who makes the links.
JITSI_URL = env.text("JITSI_URL", "https://meet.jit.si").rstrip("/")
ZOOM_ACCOUNT_ID = env.text("ZOOM_ACCOUNT_ID")
ZOOM_CLIENT_ID = env.text("ZOOM_CLIENT_ID")
ZOOM_CLIENT_SECRET = env.text("ZOOM_CLIENT_SECRET")
ZOOM_USER = env.text("ZOOM_USER", "me")
ZOOM_URL = env.text("ZOOM_URL", "https://api.zoom.us/v2").rstrip("/")
ZOOM_SIGN_IN = env.text("ZOOM_SIGN_IN", "https://zoom.us/oauth/token")

# Who signs, and with what.
SIGNER = env.text("SIGNER", "local")

# Who signs in. Residents prove a contact point; staff have a password and a second factor.
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
# A resident who is signed in may still sign in as staff; a redirect would go round in circles.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "loket.desk.account.adapter.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/10m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", default=0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Loket"
MFA_TOTP_TOLERANCE = 1  # The code before and after this one: clocks of telephones differ.
MFA_ADAPTER = "loket.desk.account.adapter.SecondFactorAdapter"
SOCIALACCOUNT_ONLY = False
# A form would be stopped by form-action on its way to the directory's own address.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_ADAPTER = "loket.desk.account.adapter.DirectoryAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "government",
                "name": env.text("OIDC_NAME", "OIDC"),
                "client_id": env.text("OIDC_CLIENT"),
                "secret": env.text("OIDC_SECRET"),
                "settings": {"server_url": env.text("OIDC_SERVER")},
            }
        ]
        if env.text("OIDC_SERVER")
        else [],
        "OAUTH_PKCE_ENABLED": True,
    }
}

# How it defends itself.
# What a page says once waits in the session: no cookie is signed and checked for it.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "loket.ui.refusals.csrf"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if HTTPS else []
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"scrub": {"()": "loket.kernel.identifiers.masking.ScrubFilter"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["scrub"],
        }
    },
    "loggers": {"pikepdf": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO")},
}
