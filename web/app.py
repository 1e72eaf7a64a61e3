"""The application that serves the pages; mounted by the composition root beside the API."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from web import errors
from web.deps import Site
from web.jinja import STATIC, static_hash
from web.once import Once
from web.security import BodyLimit, SameOrigin, SecurityHeaders
from web.views import (
    about,
    accounts,
    actions,
    administration,
    audit,
    batches,
    calls,
    confirmations,
    coverage,
    cv_papers,
    decisions,
    deployments,
    drafts,
    erasures,
    exchange,
    experts,
    facility_rules,
    fact_decisions,
    feedback,
    fiches,
    guests,
    home,
    interests,
    kept_forms,
    lessons,
    links,
    merges,
    messages,
    mine,
    models,
    notices,
    openid,
    operations,
    own_facts,
    papers,
    plans,
    portfolio,
    preferences,
    privacy,
    privacy_settings,
    questionnaires,
    rankings,
    ratings,
    releases,
    reports,
    requests,
    reviews,
    screening,
    search,
    sessions,
    shortlists,
    styleguide,
    teams,
    uploads,
    webhooks,
    words,
)

VIEWS = (
    preferences.router,
    styleguide.router,
    about.router,
    sessions.router,
    kept_forms.router,
    drafts.router,
    openid.router,
    links.router,
    accounts.router,
    webhooks.router,
    words.router,
    operations.router,
    administration.router,
    audit.router,
    facility_rules.router,
    home.router,
    uploads.router,
    batches.router,
    confirmations.router,
    notices.router,
    mine.router,
    own_facts.router,
    guests.router,
    merges.router,
    erasures.router,
    privacy.router,
    privacy_settings.router,
    experts.router,
    fact_decisions.router,
    feedback.router,
    questionnaires.router,
    ratings.router,
    lessons.router,
    actions.router,
    plans.router,
    deployments.router,
    reports.router,
    coverage.router,
    exchange.router,
    requests.router,
    screening.router,
    fiches.router,
    decisions.router,
    rankings.router,
    reviews.router,
    models.router,
    shortlists.router,
    calls.router,
    releases.router,
    interests.router,
    messages.router,
    search.router,
    teams.router,
    portfolio.router,
    papers.router,
    cv_papers.router,
)
"""Every page of the product, in the order of their routes."""


class HashedFiles(StaticFiles):
    """Static files below their hash: kept for a year under the present one, never under another."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve `<hash>/<file>`; a page of an earlier release still gets its style."""
        said, _, name = path.partition("/")
        answer = await super().get_response(name, scope)
        fresh = said == static_hash() and answer.status_code in {200, 304}
        answer.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if fresh else "no-cache"
        )
        return answer


def create_web(site: Site, routers: tuple[APIRouter, ...] = ()) -> FastAPI:
    """Build the application of the pages.

    Parameters
    ----------
    site : what is the same on every page
    routers : further views, for tests
    """
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.site = site
    errors.install(app)
    # Plainly in one row: an included router looks at each of its routes in a dearer way.
    for router in (*VIEWS, *routers):
        app.router.routes.extend(router.routes)
    app.mount("/static", HashedFiles(directory=STATIC), name="static")
    # The last one added is the first to see a request.
    app.add_middleware(Once)
    app.add_middleware(BodyLimit, most_bytes=site.most_upload_bytes, refuse=errors.refuse_too_large)
    app.add_middleware(SameOrigin, refuse=errors.refuse_cross_site)
    app.add_middleware(SecurityHeaders)
    return app
