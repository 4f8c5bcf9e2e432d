"""The LTI platform of Open edX (lti-consumer-xblock) in a Django of its own: everything that speaks
LTI is theirs (logins, launches, deep linking, tokens, line items, scores, members); this file is
what the rest of Open edX would be: people, a course, a page with the tool, a gradebook.

    python lti-edx.py PORT TOOL FOLDER
"""

import json
import os
import sys
from types import SimpleNamespace

import django
from django.conf import settings

PORT, TOOL, FOLDER = int(sys.argv[1]), sys.argv[2], sys.argv[3]
BASE = f"http://127.0.0.1:{PORT}"
COURSE = "course-v1:halqa+trial+2026"
BLOCK = "block-v1:halqa+trial+2026+type@lti_consumer+block@1"
PEOPLE = {
    "prof": (1, "Samia Trabelsi", "instructor"),
    "amel": (2, "Amel Ben Salah", "student"),
    "wafa": (3, "وفاء المرزوقي", "student"),
    "lotfi": (4, "Lotfi Hamdi", "student"),
}

settings.configure(
    DEBUG=False,
    SECRET_KEY="trial",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    LOGGING={"version": 1, "handlers": {"console": {"class": "logging.StreamHandler"}}, "root": {"handlers": ["console"], "level": "WARNING"}},
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(FOLDER, "edx.db")}},
    CACHES={"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": os.path.join(FOLDER, "cache")}},
    INSTALLED_APPS=[
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "django.contrib.sessions",
        "rest_framework",
        "django_filters",
        "config_models",
        "lti_consumer",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "edx_django_utils.cache.middleware.RequestCacheMiddleware",
        "edx_django_utils.cache.middleware.TieredCacheMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    # Open edX asks for these in production: the answer of deep linking comes from another site.
    SESSION_COOKIE_SAMESITE="None",
    SESSION_COOKIE_SECURE=True,
    USAGE_ID_PATTERN=r"(?P<usage_id>block-v1:[^/]+)",
    LMS_ROOT_URL=BASE,
    LTI_BASE=BASE,
    LTI_API_BASE=BASE,
    FEATURES={},
    PLATFORM_NAME="Open edX",
)
django.setup()

from django.contrib.auth import get_user_model, login  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse  # noqa: E402
from django.urls import include, path  # noqa: E402
from lti_consumer.api import get_lti_1p3_launch_start_url  # noqa: E402
from lti_consumer.data import Lti1p3LaunchData  # noqa: E402
from lti_consumer.models import (  # noqa: E402
    CourseAllowPIISharingInLTIFlag,
    Lti1p3Passport,
    LtiAgsLineItem,
    LtiAgsScore,
    LtiConfiguration,
    LtiDlContentItem,
)
from lti_consumer.plugin import compat  # noqa: E402
from opaque_keys.edx.keys import UsageKey  # noqa: E402

GRADES = {}


def external(user_id):
    """What Open edX calls an external id: not the id, and the same for ever."""
    return f"00000000-0000-4000-8000-{user_id:012d}"


class Block:
    """What the grade handler asks of a block."""

    display_name = "Tenir une caisse"
    weight = 100
    has_score = True
    accept_grades_past_due = True
    scope_ids = SimpleNamespace(usage_id=UsageKey.from_string(BLOCK))

    def is_past_due(self):
        return False

    def max_score(self):
        return 100

    def set_user_module_score(self, user, score, best, comment=""):
        GRADES[user.username] = {"score": score * best, "comment": comment}


compat.load_block_as_user = lambda location: Block()
compat.load_enough_xblock = lambda location: Block()
compat.user_has_studio_write_access = lambda user, course: user.username == "prof"
compat.get_user_from_external_user_id = lambda wanted: next(
    user for user in get_user_model().objects.all() if external(user.id) == str(wanted)
)
compat.batch_get_or_create_externalids = lambda users: {
    user_id: SimpleNamespace(external_user_id=external(user_id)) for user_id, _, _ in PEOPLE.values()
}
compat.merge_course_forum_roles = lambda course, members: None
compat.get_course_members = lambda course: {
    user_id: {"id": user_id, "username": name, "email": f"{name}@edx.example", "name": full, "roles": [role]}
    for name, (user_id, full, role) in PEOPLE.items()
}
# Members are found with their profiles there; here the names stand above.
get_user_model().objects.__class__.prefetch_related = lambda self, *names: self.get_queryset()


def config():
    return LtiConfiguration.objects.get()


def launch_data(name, **more):
    user_id, full, role = PEOPLE[name]
    return Lti1p3LaunchData(
        user_id=str(user_id),
        external_user_id=external(user_id),
        user_role=role,
        config_id=config().config_id,
        resource_link_id=BLOCK,
        name=full,
        preferred_username=name,
        launch_presentation_document_target="iframe",
        context_id=COURSE,
        context_type=["course_offering"],
        context_title="Gérer une association",
        context_label="trial",
        **more,
    )


def page(request, kind):
    """The course with the tool in a frame, for a learner, or for the author of the course."""
    name = request.GET["user"]
    login(request, get_user_model().objects.get(username=name))
    item = LtiDlContentItem.objects.filter(lti_configuration=config()).first()
    address = get_lti_1p3_launch_start_url(
        launch_data(name),
        deep_link_launch=kind == "studio",
        dl_content_id=item.id if item and kind == "course" else None,
    )
    return HttpResponse(
        "<!doctype html><title>Open edX</title><h1>Open edX</h1>"
        '<iframe id="tool" width="1100" height="640" src="' + address.replace("&", "&amp;") + '"></iframe>'
    )


def state(request):
    """What the platform has: picked links, columns, scores, grades."""
    return JsonResponse(
        {
            "items": [item.attributes for item in LtiDlContentItem.objects.all()],
            "columns": list(LtiAgsLineItem.objects.values("id", "label", "score_maximum", "resource_id")),
            "scores": list(LtiAgsScore.objects.values("user_id", "score_given", "activity_progress", "grading_progress")),
            "grades": GRADES,
        }
    )


def registration(request):
    """What its author would copy into the tool's form."""
    passport = Lti1p3Passport.objects.get()
    return JsonResponse(
        {
            "issuer": BASE,
            "client_id": passport.lti_1p3_client_id,
            "auth_url": f"{BASE}/api/lti_consumer/v1/launch/",
            "token_url": f"{BASE}/api/lti_consumer/v1/token/{passport.passport_id}",
            "jwks_url": f"{BASE}/api/lti_consumer/v1/public_keysets/{passport.passport_id}",
        }
    )


urlpatterns = [
    path("api/", include("lti_consumer.plugin.urls")),
    path("course", page, {"kind": "course"}),
    path("studio", page, {"kind": "studio"}),
    path("state", state),
    path("registration", registration),
]


def prepare():
    call_command("migrate", verbosity=0)
    User = get_user_model()
    for name, (user_id, full, _) in PEOPLE.items():
        User.objects.get_or_create(id=user_id, defaults={"username": name, "first_name": full})
    passport = Lti1p3Passport.objects.create(name="Halqa", lti_1p3_tool_keyset_url=f"{TOOL}/lti/jwks")
    LtiConfiguration.objects.create(
        version=LtiConfiguration.LTI_1P3,
        config_store=LtiConfiguration.CONFIG_ON_DB,
        location=UsageKey.from_string(BLOCK),
        lti_1p3_passport=passport,
        lti_1p3_oidc_url=f"{TOOL}/lti/login",
        lti_1p3_launch_url=f"{TOOL}/lti/launch",
        lti_1p3_redirect_uris=[f"{TOOL}/lti/launch", f"{TOOL}/lti/deep-linking"],
        lti_advantage_enable_nrps=True,
        lti_advantage_deep_linking_enabled=True,
        lti_advantage_deep_linking_launch_url=f"{TOOL}/lti/deep-linking",
        lti_advantage_ags_mode=os.environ.get("EDX_AGS", LtiConfiguration.LTI_ADVANTAGE_AGS_PROGRAMMATIC),
    )
    CourseAllowPIISharingInLTIFlag.objects.create(
        course_id=UsageKey.from_string(BLOCK).course_key, enabled=True
    )


if __name__ == "__main__":
    if not os.environ.get("RUN_MAIN"):
        prepare()
    print(json.dumps({"base": BASE}), flush=True)
    call_command("runserver", f"127.0.0.1:{PORT}", "--noreload", verbosity=0)
