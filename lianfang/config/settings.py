"""All settings, in one file; docs/settings.md names every variable that decides one."""

import secrets
from datetime import timedelta
from pathlib import Path

import django_stubs_ext

from lianfang.config import environment

django_stubs_ext.monkeypatch()

PACKAGE = Path(__file__).resolve().parents[1]
# Where the database, attachments and keys of this installation lie.
HOME = Path(environment.text("LIANFANG_HOME", "var")).absolute()
# The example institution, with one-click entry: only for a database that holds nothing else.
EXAMPLE = environment.switch("LIANFANG_EXAMPLE", default=False)
DEBUG = environment.switch("LIANFANG_DEBUG", default=False)
TESTING = environment.switch("LIANFANG_TESTING", default=False)


def _secret_key() -> str:
    """Return the key of this installation: given, or made at the first start and kept."""
    given = environment.text("LIANFANG_SECRET_KEY")
    if given or TESTING:
        return given or "only for tests"
    kept = HOME / "secret-key"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(60), encoding="ascii")
    return kept.read_text(encoding="ascii").strip()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = environment.words("LIANFANG_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("LIANFANG_ORIGINS")
# Under which address people open the pages: messages that leave the house lead there.
ADDRESS = environment.address("LIANFANG_ADDRESS")
# Behind a proxy that ends TLS: cookies and redirects are for https only.
HTTPS = environment.switch("LIANFANG_HTTPS", default=False)
# How many proxies of our own stand in front; each adds one address to X-Forwarded-For.
PROXIES = environment.number("LIANFANG_PROXIES", 0)

ROOT_URLCONF = "lianfang.config.urls"
WSGI_APPLICATION = "lianfang.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": environment.database(environment.text("DATABASE_URL"), HOME)}

INSTALLED_APPS = [
    "lianfang.shell",
    "lianfang.overview",
    "lianfang.assessment",
    "lianfang.public",
    "lianfang.casework",
    "lianfang.leads",
    "lianfang.alerts",
    "lianfang.portal",
    "lianfang.cycles",
    "lianfang.surveys",
    "lianfang.inspections",
    "lianfang.learning",
    "lianfang.duties",
    "lianfang.intake",
    "lianfang.risks",
    "lianfang.powers",
    "lianfang.org",
    "lianfang.notices",
    "lianfang.files",
    "lianfang.accounts",
    "lianfang.jobs",
    "lianfang.audit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lianfang.shell.middleware.content_security_policy",
    "lianfang.portal.middleware.without_traces",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lianfang.accounts.middleware.LoginRequired",
    "lianfang.accounts.middleware.session_limits",
    "lianfang.shell.middleware.frame",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "lianfang.shell.templatetags.lianfang",
            ],
        },
    }
]

# signing in ------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "lianfang.accounts.passwords.PasswordRules"}]
SECRET_KEY_FALLBACKS = environment.words("LIANFANG_OLD_SECRET_KEYS")
# A session ends when nothing was done for so long, and in any case after so long.
SESSION_IDLE_LIMIT = timedelta(
    minutes=environment.number("LIANFANG_SESSION_IDLE_MINUTES", 60, least=1)
)
SESSION_ABSOLUTE_LIMIT = timedelta(hours=environment.number("LIANFANG_SESSION_HOURS", 12, least=1))
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE_LIMIT.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
ACCOUNT_ADAPTER = "lianfang.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "lianfang.accounts.forms.LoginForm",
    "reauthenticate": "lianfang.accounts.forms.ConfirmForm",
}
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Failures are counted by login and kind of device, never by address: see accounts.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ADAPTER = "lianfang.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "lianfang.accounts.forms.CodeForm",
    "reauthenticate": "lianfang.accounts.forms.ConfirmCodeForm",
    "authenticate_webauthn": "lianfang.accounts.forms.KeyProofForm",
    "reauthenticate_webauthn": "lianfang.accounts.forms.KeyProofForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
# In the example one enters by a click.
LOGIN_URL = "shell:enter" if EXAMPLE else "account_login"
LOGIN_REDIRECT_URL = "shell:desk"
LOGOUT_REDIRECT_URL = "account_login"

# languages -------------------------------------------------------------------
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "lianfang_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [PACKAGE / "locale"]

# files -----------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG or TESTING
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
FILES_ROOT = HOME / "files"
# Keys of the boxes of open surveys: never in a backup, destroyed when a survey closes.
BOX_KEYS_ROOT = HOME / "survey-keys"
# The key under which receipts of sealed reports are looked up: in no database and no backup.
REPORT_PEPPER = HOME / "report-pepper"
# The largest file that is kept; a larger upload is thrown away while it comes in.
FILE_BYTES = environment.number("LIANFANG_FILE_MB", 64, least=1) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "lianfang.files.uploading.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# A ClamAV daemon that looks at every file first: unix:/run/clamav/clamd.ctl or tcp://host:3310.
CLAMAV = environment.text("LIANFANG_CLAMAV")
# Seals what `lianfang backup` writes; without it the command asks on the terminal.
BACKUP_PASSPHRASE = environment.text("LIANFANG_BACKUP_PASSPHRASE")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# trust -----------------------------------------------------------------------
CSRF_FAILURE_VIEW = "lianfang.shell.errors.out_of_date"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "lianfang_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and PROXIES else None

# jobs ------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# What does long work of each kind; it gets the job and a function to report progress to.
JOBS = {
    "audit.verify": "lianfang.shell.work.verify_log",
    "cycles.collect": "lianfang.cycles.jobs.collect_year",
    "cycles.publish": "lianfang.cycles.jobs.publish_approved",
    "intake.read": "lianfang.intake.jobs.read",
    "intake.apply": "lianfang.intake.jobs.apply",
    "org.roster": "lianfang.org.jobs.import_roster",
}
# Signs of life of running jobs, where the database takes one writer at a time.
JOBS_ROOT = HOME / "jobs"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "lianfang": {"level": "INFO"},
        # They would write addresses with their keys, and who gets a message.
        "apprise": {"handlers": ["nowhere"], "propagate": False},
        "urllib3": {"handlers": ["nowhere"], "propagate": False},
    },
}
