"""All settings, read from the environment in one place.

docs/operating.md lists the variables. The demo differs from production only in
the stand-in identity provider and the accounts that come with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import email, env, page_cache, paths, security_headers, social_login
from config.logging import LOGGING as LOGGING
from public_forms import rate_limits

SOURCE_ROOTS = paths.SOURCE_ROOTS
DATA_DIR = Path(env.text("DATA_DIR", str(paths.DEFAULT_DATA_DIR))).resolve()
PORT = env.number("PORT", default=8000)
STAND_IN_PORT = env.number("STAND_IN_PORT", default=PORT + 1)

DEMO = env.flag("DEMO", default=False)
DEBUG = env.flag("DEBUG", default=False)
BASE_URL = env.origin("BASE_URL", f"http://127.0.0.1:{PORT}")
HTTPS = BASE_URL.startswith("https:")
HOST = urlsplit(BASE_URL).hostname or ""
LIMITS = env.flag("LIMITS", default=True, yes="on", no="off")
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", default=0)

if DEMO and not env.is_loopback(BASE_URL):
    raise ImproperlyConfigured("DEMO=yes is for this machine only. BASE_URL must be a loopback address.")
if not LIMITS and not env.is_loopback(BASE_URL):
    raise ImproperlyConfigured(
        "LIMITS=off is for measuring on this machine. BASE_URL must be a loopback address."
    )
for old_name, new_name in {
    "FLOOD_LIMITS": "RATE_LIMITS",
    "FORMAT_REQUESTS_TO": "FORMAT_REQUEST_RECIPIENTS",
    "MAIL_EVENTS": "MAIL_WEBHOOK_PROVIDER",
    "MAIL_EVENTS_SECRET": "MAIL_WEBHOOK_SECRET",
}.items():
    if env.text(old_name):
        raise ImproperlyConfigured(f"{old_name} is now called {new_name}. See docs/operating.md.")
RATE_LIMITS = env.pairs("RATE_LIMITS")
rate_limits.validate_rates(RATE_LIMITS)
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = rate_limits.account_rates(RATE_LIMITS) if LIMITS else False

SECRET_KEY = env.secret_key(DATA_DIR, may_generate=DEMO or DEBUG)
SECRET_KEY_FALLBACKS = env.csv("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = [*sorted(env.LOOPBACK - {"::1"}), "[::1]"] if DEMO else env.csv("ALLOWED_HOSTS") or [HOST]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    # Our own apps first, so that their templates and commands take precedence.
    "demo", "home", "search", "blog", "papers", "discussion", "accounts", "publishing", "pagecache", "mail",
    "config.apps.UsersConfig",
    "wagtail.contrib.redirects", "wagtail.contrib.routable_page", "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps", "wagtail.contrib.table_block", "wagtail.contrib.typed_table_block",
    "wagtail.embeds", "wagtail.sites", "wagtail.snippets", "wagtail.documents",
    "wagtail.images", "wagtail.search", "wagtail.admin", "wagtail",
    "modelcluster", "taggit", "django_filters", "django_tasks", "django_tasks_db", "django_htmx",
    "allauth", "allauth.account", "allauth.mfa", "allauth.socialaccount", "allauth.usersessions",
    *social_login.APPS,
    "django_comments_xtd", "django_comments",
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.sitemaps", "django.contrib.sites", "django.contrib.messages",
    "django.contrib.postgres", "whitenoise.runserver_nostatic", "django.contrib.staticfiles",
]  # fmt: skip

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.security_headers.ContentSecurityPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "pagecache.headers.CacheHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.signin.too_many_requests.TooManyRequestsMiddleware",
    "accounts.signin.session_lifetime.SessionLifetimeMiddleware",
    "accounts.signin.interrupted.SessionEndedMiddleware",
    "config.request_checks.BodyLimitMiddleware",
    "config.request_checks.ImpossibleKeyMiddleware",
    "config.request_checks.MissingFieldMiddleware",
    "accounts.signin.mfa.RequireStaffMFA",
    "config.moved_pages.MovedPageMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [paths.RESOURCES / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["publishing.templatetags.times", "publishing.templatetags.parts"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

# --- Data ---------------------------------------------------------------------------------------

DATABASES = {
    "default": environ.Env.db_url_config(env.text("DATABASE_URL", f"sqlite:///{DATA_DIR}/colloquy.sqlite3"))
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A writer waits for the other one instead of failing; readers never wait.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # Opening the file and reading its schema costs more than the queries of a page.
    DATABASES["default"] |= {"CONN_MAX_AGE": 60}
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": environ.Env.cache_url_config(env.text("CACHE_URL", f"filecache://{DATA_DIR}/cache"))}
if CACHES["default"]["BACKEND"].endswith("FileBasedCache"):
    CACHES["default"].setdefault("OPTIONS", {})["MAX_ENTRIES"] = 10_000
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    CACHES["default"]["BACKEND"] = "config.caches.PatientRedisCache"

# Kept pages: bytes in each process, and the table of versions that all share; in Redis for several machines.
PAGE_CACHE_BYTES = env.number("PAGE_CACHE_MB", default=64) * 1024 * 1024
PAGE_CACHE_FOLDER = DATA_DIR / "pagecache"
PAGE_CACHE_VERSIONS: str | Path = (
    page_cache.redis_address(CACHES["default"]) or PAGE_CACHE_FOLDER / "versions"
)
# Sites that share one Redis share no pages. All machines of a site have the same address.
PAGE_CACHE_SITE = f"{CACHES['default'].get('KEY_PREFIX', '')}{BASE_URL}"
PAGE_CACHE_TABLES = page_cache.TABLES
METRICS_TOKEN = env.text("METRICS_TOKEN")

MEDIA_URL = "/media/"
STORAGES = {
    **env.storages(env.text("STORAGE_URL", f"file://{DATA_DIR}/files"), media_url=MEDIA_URL),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Who sends the bytes of private files, once we have checked who may have them.
FILE_SENDING = env.choice("FILE_SENDING", "django", among=["django", "x-accel-redirect", "x-sendfile"])
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(DATA_DIR / "static")))
STATICFILES_DIRS = [paths.RESOURCES / "static"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's page editor sends many

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Mail ---------------------------------------------------------------------------------------

_email_url = env.text("EMAIL_URL", f"filemail://{DATA_DIR}/mail" if DEMO or DEBUG else "smtp://localhost:25")
EMAIL_SMTPUTF8 = env.flag("EMAIL_SMTPUTF8", default=False)
_mail = email.settings(_email_url)
EMAIL_FOLDER = env.email_folder(_email_url)
MAIL_WEBHOOK_PROVIDER: str = _mail["MAIL_WEBHOOK_PROVIDER"]
EMAIL_EXTRA_HEADERS: dict[str, str] = _mail["EMAIL_EXTRA_HEADERS"]
globals().update(_mail)
if "ANYMAIL" in _mail:
    INSTALLED_APPS.append("anymail")
SECURITY_CONTACT = env.text("SECURITY_CONTACT", f"mailto:security@{HOST}")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"colloquy@{HOST}")

# --- People -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # seconds; short, since the link is as good as the password
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SITE_ID = 1
_sign_in = social_login.settings(port=STAND_IN_PORT, demo=DEMO, proxies=TRUSTED_PROXY_COUNT)
SIGN_IN_PROVIDERS: list[dict[str, Any]] = _sign_in["SIGN_IN_PROVIDERS"]
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = _sign_in["SOCIALACCOUNT_PROVIDERS"]
globals().update(_sign_in)

# --- Discussion ---------------------------------------------------------------------------------

COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MODEL = "discussion.models.Comment"
COMMENTS_XTD_MAX_THREAD_LEVEL = 3  # counted from 0: four levels
COMMENTS_XTD_THREADED_EMAILS = False
COMMENTS_XTD_SALT = b"colloquy.discussion"
PROOF_OF_WORK = env.flag("PROOF_OF_WORK", default=False, yes="on", no="off")
COMMENTS_TIMEOUT = (
    48 * 60 * 60
)  # seconds; longer than any cache stores a page, so that no form has expired when it is read

# --- Browser ------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = security_headers.public_policy(
    form_targets=social_login.form_targets(port=STAND_IN_PORT, demo=DEMO)
)
PERMISSIONS_POLICY = security_headers.PERMISSIONS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the admin previews pages in a frame
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # which asks for DENY there
_prefix, _safe = ("__Host-", True) if HTTPS else ("colloquy_", False)
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = (
    f"{_prefix}{n}" for n in ("session", "csrf", "lang")
)
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60  # seconds since it was last written to
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _safe
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
CSRF_FAILURE_VIEW = "home.views.csrf_failed"
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Wagtail ------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Colloquy"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_AUTOSAVE_INTERVAL = 2_000  # milliseconds; each save is a write transaction
WAGTAIL_I18N_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database", "SEARCH_CONFIG": "english"}}
WAGTAILIMAGES_IMAGE_MODEL = "publishing.SiteImage"
WAGTAILIMAGES_RENDITION_STORAGE = "public"
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "publishing.images.forms.SiteImageForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_MODEL = "publishing.SiteDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "papers.intake.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "docx", "odt", "ods", "pptx", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
PDF_MAX_PAGES = 2_000
PDF_PAGES_AHEAD = env.number("PDF_PAGES_AHEAD", default=10)
PDF_ACTIVE_CONTENT = env.choice("PDF_ACTIVE_CONTENT", "clean", among=["clean", "refuse", "allow"])
FORMAT_REQUEST_WORKING_DAYS = env.number("FORMAT_REQUEST_WORKING_DAYS", default=10)
FORMAT_REQUEST_KEEP_DAYS = env.number("FORMAT_REQUEST_KEEP_DAYS", default=180)
FORMAT_REQUEST_RECIPIENTS = env.csv("FORMAT_REQUEST_RECIPIENTS")
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []  # the server never fetches a URL that somebody typed
TAGGIT_CASE_INSENSITIVE = True

# --- Language and time -----------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [folder for folder in [paths.RESOURCES / "locale"] if folder.is_dir()]
TIME_ZONE = env.text("TIME_ZONE", "America/New_York")
# One zone for everybody: a date that an editor sees and enters is the one that readers see.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
USE_TZ = True
