"""Which use case does which durable work. Each may run twice."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from vivavoce.base.ids import AccountId, SeatId, SessionId, WebhookId
from vivavoce.domain.sessions.session import EndReason
from vivavoce.services import prepare_session, presence, timers
from vivavoce.services.access import mails
from vivavoce.services.container import Services
from vivavoce.services.guiding import lead
from vivavoce.services.memory.remember import remember
from vivavoce.services.money import charging
from vivavoce.services.ports import Job, JobKind
from vivavoce.services.reports import analysis
from vivavoce.services.rights.retention import retain
from vivavoce.services.safety import alert
from vivavoce.services.scheduling import planning
from vivavoce.services.together import focus
from vivavoce.services.webhooks.deliver import deliver

Handler = Callable[[Job], Awaitable[None]]

_SET_UPS: Final = 2  # one try and one automatic retry; then the session shows why it failed
_ANALYSES: Final = 2  # one try and one automatic retry; then the report is marked failed


def handlers(use: Services) -> Mapping[JobKind, Handler]:
    """One handler for every kind of job."""

    async def analyze(job: Job) -> None:
        if job.attempts > _ANALYSES:
            await analysis.give_up_analysis(_id(job), "The analysis failed. It can be run again.", use=use)
        else:
            await analysis.analyze(_id(job), use=use)

    async def prepare(job: Job) -> None:
        if job.attempts > _SET_UPS:
            await prepare_session.give_up_setup(_id(job), "The set-up failed. You can try it again.", use=use)
        else:
            await prepare_session.run_setup(_id(job), use=use, last_try=job.attempts == _SET_UPS)

    return {
        JobKind.OPEN: lambda job: prepare_session.open_planned(_id(job), use=use),
        JobKind.PREPARE: prepare,
        JobKind.NO_SHOW: lambda job: prepare_session.give_up(_id(job), EndReason.NO_SHOW, use=use),
        JobKind.EXPIRE: lambda job: prepare_session.give_up(_id(job), EndReason.NO_SHOW, use=use),
        JobKind.TIME_LEFT: lambda job: timers.tell_time_left(_id(job), int(job.payload["seconds"]), use=use),
        JobKind.TIME_LIMIT: lambda job: timers.enforce_limit(_id(job), "last" in job.payload, use=use),
        JobKind.IDLE: lambda job: timers.end_idle(_id(job), use=use),
        JobKind.EMPTY: lambda job: timers.end_empty(_id(job), use=use),
        JobKind.AWAY: lambda job: presence.free_seat(_id(job), SeatId(job.payload["seat"]), use=use),
        JobKind.HAND_BACK: lambda job: lead.hand_back_by_itself(_id(job), use=use),
        JobKind.FOCUS: lambda job: focus.focus_over(_id(job), int(job.payload["ends_ms"]), use=use),
        JobKind.ANALYZE: analyze,
        JobKind.MAIL_LINK: lambda job: mails.mail_link_to(
            AccountId(job.payload["account"]), job.payload["kind"], use=use
        ),
        JobKind.RETAIN: lambda job: _retain(use),
        JobKind.ALERT: lambda job: alert.alert(job.payload, use=use),
        JobKind.DELIVER: lambda job: deliver(WebhookId(job.payload["webhook"]), job.payload["queue"], use=use),
        JobKind.REMEMBER: lambda job: remember(_id(job), use=use),
        JobKind.CHARGE: lambda job: charging.charge(_id(job), records=use.records),
        JobKind.REMIND: lambda job: planning.reminder(_id(job), int(job.payload["minutes"]), use=use),
        JobKind.MAIL_REMINDER: lambda job: planning.mail_reminder(
            _id(job), AccountId(job.payload["account"]), int(job.payload["minutes"]), use=use
        ),
    }


async def _retain(use: Services) -> None:
    await retain(use=use)


def _id(job: Job) -> SessionId:
    return SessionId(job.payload["session"])
