"""Settings of the Django project; what differs per installation comes from `environment`."""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from regietafel.host import environment as _environment
from regietafel.host import sqlite as _sqlite

_sqlite.install()
ENVIRONMENT = _environment.read()
PACKAGE = Path(__file__).resolve().parent.parent
REPOSITORY = PACKAGE.parent.parent

PRODUCTION = ENVIRONMENT.production
BOUND_TO_LOOPBACK = ENVIRONMENT.bound_to_loopback
SECRET_KEY = _environment.secret_key(ENVIRONMENT.data)
AUDIT_KEY = _environment.audit_key(ENVIRONMENT.data)
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ENVIRONMENT.hosts] if PRODUCTION else []
DATABASES = {"default": _environment.database(ENVIRONMENT)}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_tasks",
    "django_tasks_db",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "regietafel.kit",
    "regietafel.register",
    "regietafel.monitor",
    "regietafel.figures",
    "regietafel.reception",
    "regietafel.deliberation",
    "regietafel.scenarios",
    "regietafel.dialogue",
    "regietafel.situation",
    "regietafel.policy",
    "regietafel.host",
]

MIDDLEWARE = [
    "regietafel.kit.middleware.SecurityHeaders",
    "regietafel.kit.rest.middleware.ApiAnswers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "regietafel.host.middleware.AccountGate",
    "regietafel.kit.middleware.NumbersThatExist",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "regietafel.host.urls"
WSGI_APPLICATION = "regietafel.host.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "regietafel.host.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "regietafel.kit.rendering.DutchForms"

AUTH_USER_MODEL = "register.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "regietafel.host.accounts.backends.AccountBackend",
]
PASSWORD_HASHERS = ["regietafel.kit.passwords.BoundedArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "regietafel.kit.passwords.UnlikeThePerson", "OPTIONS": {"user_attributes": ["email", "name"]}},
    {"NAME": "regietafel.kit.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "login"
OTP_TOTP_ISSUER = "Regietafel"
OTP_LOGIN_URL = "second-factor"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_VERBOSE = False
AXES_USERNAME_FORM_FIELD = "username"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "regietafel.host.accounts.clients.address_of"
PASSWORD_RESET_TIMEOUT = 24 * 3600
TRUSTED_PROXIES = int(os.environ.get("REGIETAFEL_PROXIES", "1" if PRODUCTION else "0"))

# Logging in through the provider of the organisation, an extra: only when the client is known.
OIDC_RP_CLIENT_ID = os.environ.get("REGIETAFEL_OIDC_CLIENT", "")
OIDC_ENABLED = bool(OIDC_RP_CLIENT_ID)
OIDC_RP_CLIENT_SECRET = os.environ.get("REGIETAFEL_OIDC_GEHEIM", "")
OIDC_OP_ISSUER = os.environ.get("REGIETAFEL_OIDC_UITGEVER", "")
OIDC_OP_AUTHORIZATION_ENDPOINT = os.environ.get("REGIETAFEL_OIDC_AUTORISATIE", "")
OIDC_OP_TOKEN_ENDPOINT = os.environ.get("REGIETAFEL_OIDC_TOKEN", "")
OIDC_OP_USER_ENDPOINT = os.environ.get("REGIETAFEL_OIDC_GEBRUIKER", "")
OIDC_OP_JWKS_ENDPOINT = os.environ.get("REGIETAFEL_OIDC_SLEUTELS", "")
OIDC_SECOND_FACTOR_ACR = [acr for acr in os.environ.get("REGIETAFEL_OIDC_ACR", "").split(" ") if acr]
OIDC_RP_SIGN_ALGO = "RS256"
OIDC_RP_SCOPES = "openid email"
OIDC_USE_PKCE = True
OIDC_CREATE_USER = False
OIDC_TIMEOUT = 10
OIDC_CALLBACK_CLASS = "regietafel.host.accounts.oidc.Callback"
LOGIN_REDIRECT_URL_FAILURE = "/inloggen"
if OIDC_ENABLED:
    INSTALLED_APPS.append("mozilla_django_oidc")
    AUTHENTICATION_BACKENDS.append("regietafel.host.accounts.oidc.ProviderBackend")

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = None  # the web server hands the files out from the packages; nothing is collected
STATICFILES_DIRS = [folder for folder in [ENVIRONMENT.data / "thema"] if folder.is_dir()]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = ENVIRONMENT.files
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
REGIETAFEL_THEMA = os.environ.get("REGIETAFEL_THEMA", "")

SESSION_ENGINE = "regietafel.host.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "regietafel.host.errors.csrf_failure"
IDLE_LIMIT_SECONDS = 30 * 60
if PRODUCTION:
    SESSION_COOKIE_NAME = "__Host-sessie"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = os.environ.get("REGIETAFEL_SSL_OMLEIDEN", "1") == "1"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^gezond$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}

CONTACT_EMAIL = os.environ.get("REGIETAFEL_CONTACT", "beveiliging@regietafel.example")
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["regietafel.kit.rest.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_RATES": {"sleutel": "600/min"},
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "regietafel.kit.rest.problems.handle",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,
    "NUM_PROXIES": None,
}
API_VERSION = "1.0.0"
SPECTACULAR_SETTINGS = {
    "TITLE": "Regietafel",
    "DESCRIPTION": "Dossiers, omgevingsbeelden, overleg en opvang van uw organisatie, voor programma's.",
    "VERSION": API_VERSION,
    "CONTACT": {
        "name": "Beheer van Regietafel",
        "email": CONTACT_EMAIL,
        "url": f"https://{ENVIRONMENT.hosts[0]}/.well-known/security.txt",
    },
    "LICENSE": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
    "SERVERS": [{"url": f"https://{ENVIRONMENT.hosts[0]}/api/v1"}],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "COMPONENT_SPLIT_REQUEST": False,
    "COMPONENT_SPLIT_PATCH": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["regietafel.kit.rest.schema.complete"],
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
globals().update(_environment.mail(ENVIRONMENT))
DEFAULT_FROM_EMAIL = os.environ.get("REGIETAFEL_AFZENDER", "regietafel@localhost")
SECOND_FACTOR_REQUIRED = True
RECEPTION_GROUP_DAYS = int(os.environ.get("REGIETAFEL_GROEPDAGEN", "90"))
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W021", "axes.W003"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
