"""The map: which doors there are, what happens on which event, what runs when. Tables only, no logic."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask
from flask_openapi.blueprint import APIBlueprint

from app import events
from app.console import (
    case,
    deliveries,
    design,
    desk,
    imports,
    navigation,
    openapi,
    products,
    purchases_api,
    receivers,
    settings,
    setup,
)
from app.console.operation import figures, health, mailbox
from app.customers import jobs as customers_jobs
from app.delivery import jobs as delivery_jobs
from app.delivery import reactions as delivery
from app.delivery import setup as delivery_setup
from app.identity import access, account, language
from app.identity import passkey_views as passkeys
from app.identity import staff as colleagues
from app.identity import views as identity
from app.kit import once
from app.kit.bus import Reaction, retry_parked
from app.kit.pages import context as page_context
from app.lifecycle import api as lifecycle_api
from app.lifecycle import jobs as lifecycle_jobs
from app.lifecycle import reactions as lifecycle
from app.loyalty import reactions as loyalty
from app.loyalty import staff as loyalty_staff
from app.loyalty import views as loyalty_views
from app.portal import thanks
from app.portal import views as portal
from app.referrals import reactions as referrals
from app.referrals import views as referrals_views
from app.sales import customers as sales_customers
from app.sales import data as sales_data
from app.sales import overview as sales_overview
from app.support import jobs as support_jobs
from app.support import reactions as support
from app.support import views as support_views
from app.surveys import jobs as surveys_jobs
from app.surveys import reactions as surveys
from app.surveys import staff as surveys_staff
from app.surveys import views as surveys_views

GUARD: Callable[[Flask], None] = access.init_app

BLUEPRINTS: Sequence[Blueprint] = (
    identity.bp,
    account.bp,
    passkeys.bp,
    language.bp,
    colleagues.bp,
    settings.bp,
    setup.bp,
    health.bp,
    deliveries.bp,
    receivers.bp,
    surveys_views.bp,
    desk.bp,
    case.bp,
    support_views.bp,
    openapi.bp,
    imports.bp,
    products.bp,
    portal.bp,
    thanks.bp,
    loyalty_views.bp,
    loyalty_staff.bp,
    referrals_views.bp,
    surveys_staff.bp,
    sales_overview.bp,
    sales_customers.bp,
    sales_data.bp,
)

API_BLUEPRINTS: Sequence[APIBlueprint] = (purchases_api.bp, lifecycle_api.bp)

# Only while mails stay on this machine: the mailbox at /dev/mail and the style page at /design.
EMBEDDED_BLUEPRINTS: Sequence[Blueprint] = (design.bp, mailbox.bp)

# When this happens, then that, in this order.
REACTIONS: Mapping[type[events.Event], Sequence[Reaction]] = {
    events.CustomerAdded: (referrals.give_code, lifecycle.meet),
    events.ResponseSubmitted: (lifecycle.note, support.follow_up, loyalty.reward_response),
    events.PurchaseRecorded: (lifecycle.note, surveys.invite_buyer, loyalty.reward_purchase, referrals.qualify),
    events.RequestOpened: (lifecycle.note,),
    events.RequestResolved: (lifecycle.note,),
    events.RequestReopened: (lifecycle.note,),
    events.PointsEarned: (lifecycle.note,),
    events.PointsRedeemed: (lifecycle.note,),
    events.FriendRegistered: (lifecycle.note_of_both,),
    events.ReferralQualified: (loyalty.reward_referral, lifecycle.note_of_both),
    events.StageEventSequenced: (delivery.forward,),
}

# What runs when time passes: name, every so often, what.
SCHEDULE: Sequence[tuple[str, timedelta, Callable[[], Any]]] = (
    ("mark late promises", timedelta(seconds=5), support_jobs.mark_late),
    ("retry parked events", timedelta(seconds=10), retry_parked),
    ("begin imports", timedelta(seconds=2), customers_jobs.begin_imports),
    ("continue imports", timedelta(minutes=1), customers_jobs.continue_imports),
    ("send due surveys", timedelta(minutes=1), surveys_jobs.send_due_invitations),
    ("close old surveys", timedelta(hours=1), surveys_jobs.expire_invitations),
    ("number stage events", timedelta(seconds=1), lifecycle_jobs.sequence_events),
    ("let time pass for customers", timedelta(minutes=10), lifecycle_jobs.pass_time),
    ("verify the counters of stages", timedelta(days=1), lifecycle_jobs.verify_counters),
    ("forget old answers", timedelta(days=1), once.forget_old_answers),
    ("forget left-over imports", timedelta(days=1), customers_jobs.forget_left_over_imports),
    ("forget delivered parcels", timedelta(days=1), delivery_jobs.forget_delivered),
)

# What every template knows.
CONTEXTS: Sequence[Callable[[], dict[str, Any]]] = (page_context, navigation.context)

# What is made ready once when the application has been built.
PREPARE: Sequence[Callable[[Flask], None]] = (delivery_setup.init_app, figures.init_app)
