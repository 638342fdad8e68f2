"""What every store promises about durable jobs, leases, repeated requests and reports."""

from datetime import datetime

import anyio
import pytest
from tests.contract.samples import ANA, BEN, EVE, NOW, a_session, add, later

from vivavoce.base.ids import NodeId, SessionId
from vivavoce.domain.errors import Conflict, IdempotencyMismatch, SessionNotFound
from vivavoce.services.ports import Job, JobKind, Store, StoredAnswer
from vivavoce.services.reports.ports import StoredReport

SES = SessionId("ses_1")
HERE, THERE = NodeId("node_here"), NodeId("node_there")
LEASE_S = 60.0


async def enqueue(store: Store, key: str = "idle:ses_1", due: datetime = NOW, **payload: str) -> None:
    async with store.transaction() as tx:
        await tx.jobs.enqueue(JobKind.IDLE, payload, key=key, due=due)


async def reschedule(store: Store, due: datetime, key: str = "idle:ses_1") -> None:
    async with store.transaction() as tx:
        await tx.jobs.reschedule(key, due)


async def cancel(store: Store, key: str = "idle:ses_1") -> None:
    async with store.transaction() as tx:
        await tx.jobs.cancel(key)


async def claim(store: Store, at: datetime = NOW, node: NodeId = HERE, limit: int = 10) -> list[Job]:
    return await store.claim_jobs(node, at, lease_s=LEASE_S, limit=limit)


async def claim_one(store: Store, at: datetime = NOW, node: NodeId = HERE) -> Job:
    [job] = await claim(store, at, node)
    return job


# --- enqueue and claim ------------------------------------------------------------------------------


async def test_a_job_is_handed_out_when_it_is_due_and_not_before(store: Store) -> None:
    await enqueue(store, due=later(10), session="ses_1")
    assert await claim(store, later(9.999)) == []
    job = await claim_one(store, later(10))
    assert (job.kind, job.key, job.payload, job.due, job.attempts) == (
        JobKind.IDLE,
        "idle:ses_1",
        {"session": "ses_1"},
        later(10),
        1,
    )


async def test_a_job_is_handed_out_late_rather_than_never(store: Store) -> None:
    await enqueue(store, due=later(-1_000_000))
    assert (await claim_one(store)).due == later(-1_000_000)


async def test_a_job_wanted_by_a_change_that_fails_is_not_there(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        async with store.transaction() as tx:
            await tx.jobs.enqueue(JobKind.IDLE, {}, key="idle:ses_1", due=NOW)
            raise ZeroDivisionError
    assert await claim(store) == []
    assert await store.next_due() is None


async def test_the_oldest_jobs_come_first_and_only_so_many(store: Store) -> None:
    for number in (3, 1, 2, 5, 4):
        await enqueue(store, key=f"job:{number}", due=later(number))
    assert [job.key for job in await claim(store, later(10), limit=2)] == ["job:1", "job:2"]
    assert [job.key for job in await claim(store, later(10), limit=2)] == ["job:3", "job:4"]
    assert [job.key for job in await claim(store, later(10), limit=2)] == ["job:5"]


async def test_a_key_waits_once(store: Store) -> None:
    await enqueue(store, due=later(5), n="first")
    await enqueue(store, due=later(1), n="second")
    assert [job.payload for job in await claim(store, later(10))] == [{"n": "first"}]


async def test_a_transaction_knows_the_earliest_time_it_gave_to_a_job(store: Store) -> None:
    await enqueue(store)
    async with store.transaction() as tx:
        assert tx.jobs.next_due is None
        await tx.jobs.cancel("idle:ses_1")
        assert tx.jobs.next_due is None
        await tx.jobs.enqueue(JobKind.IDLE, {}, key="a", due=later(20))
        await tx.jobs.reschedule("a", later(10))
        await tx.jobs.run_again("a", later(30))
        assert tx.jobs.next_due == later(10)


async def test_a_key_that_runs_is_not_enqueued(store: Store) -> None:
    await enqueue(store)
    job = await claim_one(store)
    await enqueue(store)
    await store.finish_job(job)
    assert await claim(store, later(1)) == []


async def test_the_key_of_a_finished_job_is_free_again(store: Store) -> None:
    await enqueue(store)
    await store.finish_job(await claim_one(store))
    await enqueue(store, n="second")
    assert (await claim_one(store)).payload == {"n": "second"}


async def test_two_changes_at_the_same_time_enqueue_a_key_once(store: Store) -> None:
    async def both_keys() -> None:
        async with store.transaction() as tx:
            await tx.jobs.enqueue(JobKind.IDLE, {}, key="a", due=NOW)
            await anyio.lowlevel.checkpoint()
            await tx.jobs.enqueue(JobKind.IDLE, {}, key="b", due=NOW)

    async with anyio.create_task_group() as tg:
        for _ in range(4):
            tg.start_soon(both_keys)
    assert sorted(job.key for job in await claim(store)) == ["a", "b"]


# --- leases of jobs ---------------------------------------------------------------------------------


async def test_a_claimed_job_is_nobody_elses_until_the_lease_ends(store: Store) -> None:
    await enqueue(store)
    await claim_one(store)
    assert await claim(store, later(LEASE_S - 1), THERE) == []


async def test_a_job_whose_worker_died_runs_again_after_the_lease(store: Store) -> None:
    await enqueue(store)
    first = await claim_one(store)  # and nothing more is heard of it
    again = await claim_one(store, later(LEASE_S), THERE)
    assert (again.id, again.attempts) == (first.id, 2)


async def test_a_node_that_comes_up_again_gets_what_it_was_running_at_once(store: Store) -> None:
    await enqueue(store, key="mine", n="kept")
    await claim_one(store, node=HERE)
    await enqueue(store, key="theirs")
    await claim_one(store, node=THERE)
    await enqueue(store, key="waiting", due=later(500))
    await enqueue(store, key="done")
    await store.finish_job(await claim_one(store, node=HERE))
    await store.reclaim_jobs(HERE, later(1))
    assert await store.next_due() == later(1)
    job = await claim_one(store, later(1))
    assert (job.key, job.payload, job.attempts) == ("mine", {"n": "kept"}, 2)


async def test_workers_at_the_same_time_get_each_job_once(store: Store) -> None:
    for number in range(20):
        await enqueue(store, key=f"job:{number}")
    got: list[str] = []

    async def work(node: NodeId) -> None:
        while jobs := await claim(store, node=node, limit=3):
            got.extend(job.key for job in jobs)

    async with anyio.create_task_group() as tg:
        for number in range(4):
            tg.start_soon(work, NodeId(f"node_{number}"))
    assert sorted(got) == sorted(f"job:{number}" for number in range(20))


async def test_a_worker_that_lost_its_lease_cannot_end_the_run_of_another(store: Store) -> None:
    await enqueue(store)
    slow = await claim_one(store)
    quick = await claim_one(store, later(LEASE_S), THERE)
    await store.finish_job(slow)
    await store.retry_job(slow, later(LEASE_S), "too late")
    await store.bury_job(slow, "too late")
    assert await claim(store, later(LEASE_S)) == []  # still the other's
    await store.finish_job(quick)
    assert await claim(store, later(1000)) == []


async def test_a_finished_job_does_not_run_again(store: Store) -> None:
    await enqueue(store)
    job = await claim_one(store)
    await store.finish_job(job)
    await store.finish_job(job)  # safe to repeat
    assert await claim(store, later(1_000_000)) == []


async def test_a_job_that_failed_runs_again_when_told(store: Store) -> None:
    await enqueue(store, n="kept")
    await store.retry_job(await claim_one(store), later(30), "ValueError")
    assert await claim(store, later(29)) == []
    job = await claim_one(store, later(30))
    assert (job.attempts, job.payload, job.due) == (2, {"n": "kept"}, later(30))


async def test_a_dead_job_stays_dead_and_frees_its_key(store: Store) -> None:
    await enqueue(store)
    await store.bury_job(await claim_one(store), "ValueError")
    assert await claim(store, later(1_000_000)) == []
    assert await store.next_due() is None
    await enqueue(store, n="new")
    assert (await claim_one(store)).payload == {"n": "new"}


async def test_records_of_old_jobs_can_be_dropped_and_nothing_else(store: Store) -> None:
    for key in ("done", "dead", "running", "waiting"):
        await enqueue(store, key=key)
    by_key = {job.key: job for job in await claim(store)}
    await store.finish_job(by_key["done"])
    await store.bury_job(by_key["dead"], "ValueError")
    await store.retry_job(by_key["waiting"], NOW, "ValueError")
    await store.forget_jobs(later(1))
    assert {job.key for job in await claim(store, later(LEASE_S))} == {"running", "waiting"}


# --- moving and cancelling --------------------------------------------------------------------------


async def test_a_waiting_job_moves(store: Store) -> None:
    await enqueue(store, due=later(10))
    await reschedule(store, later(20))
    assert await claim(store, later(19)) == []
    assert (await claim_one(store, later(20))).due == later(20)


async def test_a_job_moved_while_it_runs_runs_once_more(store: Store) -> None:
    """Else a timer that finds it came too early could not be set anew."""
    await enqueue(store, session="ses_1")
    running = await claim_one(store)
    await reschedule(store, later(20))
    assert await claim(store, later(20)) == []  # not beside itself
    await store.finish_job(running)
    assert await store.next_due() == later(20)
    again = await claim_one(store, later(20))
    assert (again.key, again.payload, again.attempts) == ("idle:ses_1", {"session": "ses_1"}, 1)


async def test_a_job_moved_while_it_runs_runs_once_more_though_it_died(store: Store) -> None:
    await enqueue(store)
    running = await claim_one(store)
    await reschedule(store, later(20))
    await store.bury_job(running, "ValueError")
    assert (await claim_one(store, later(20))).attempts == 1


async def test_a_cancelled_job_is_gone_and_its_key_is_free(store: Store) -> None:
    await enqueue(store)
    await cancel(store)
    assert await claim(store) == []
    assert await store.next_due() is None
    await enqueue(store, n="new")
    assert (await claim_one(store)).payload == {"n": "new"}


async def test_cancelling_a_running_job_lets_it_end_and_not_run_again(store: Store) -> None:
    await enqueue(store)
    running = await claim_one(store)
    await reschedule(store, later(5))
    await cancel(store)
    await store.finish_job(running)
    assert await claim(store, later(1000)) == []


async def test_moving_or_cancelling_a_key_without_a_job_does_nothing(store: Store) -> None:
    await reschedule(store, NOW)
    await cancel(store)
    await enqueue(store)
    await store.finish_job(await claim_one(store))
    await reschedule(store, NOW)
    assert await claim(store, later(1000)) == []


async def test_the_next_due_job_is_known(store: Store) -> None:
    assert await store.next_due() is None
    await enqueue(store, key="b", due=later(20))
    await enqueue(store, key="a", due=later(10))
    assert await store.next_due() == later(10)
    await claim_one(store, later(10))
    assert await store.next_due() == later(20)
    await cancel(store, "b")
    assert await store.next_due() == later(10 + LEASE_S)  # should its worker die


# --- leases of sessions -----------------------------------------------------------------------------


async def take(store: Store, node: NodeId, at: datetime = NOW, ttl_s: float = 10) -> bool:
    async with store.transaction() as tx:
        return await tx.leases.take(SES, node, at, ttl_s)


async def owner(store: Store, at: datetime = NOW) -> NodeId | None:
    async with store.reading() as tx:
        return await tx.leases.owner(SES, at)


async def test_one_node_holds_a_session_and_may_renew(store: Store) -> None:
    await add(store, a_session())
    assert await owner(store) is None
    assert await take(store, HERE)
    assert not await take(store, THERE, later(9))
    assert await take(store, HERE, later(9))
    assert await owner(store, later(18)) == HERE
    assert not await take(store, THERE, later(18))


async def test_a_lease_that_ran_out_is_anybodys(store: Store) -> None:
    await add(store, a_session())
    await take(store, HERE)
    assert await owner(store, later(10)) is None
    assert await take(store, THERE, later(10))
    assert not await take(store, HERE, later(10))


async def test_of_many_nodes_one_gets_the_session(store: Store) -> None:
    await add(store, a_session())
    won: list[bool] = []

    async def try_to_take(number: int) -> None:
        won.append(await take(store, NodeId(f"node_{number}")))

    async with anyio.create_task_group() as tg:
        for number in range(8):
            tg.start_soon(try_to_take, number)
    assert won.count(True) == 1


async def test_only_its_holder_releases_a_lease(store: Store) -> None:
    await add(store, a_session())
    await take(store, HERE)
    async with store.transaction() as tx:
        await tx.leases.release(SES, THERE)
    assert await owner(store) == HERE
    async with store.transaction() as tx:
        await tx.leases.release(SES, HERE)
    assert await owner(store) is None


async def test_sessions_whose_node_died_are_found(store: Store) -> None:
    ids = [SessionId(f"ses_{n}") for n in range(1, 4)]
    await add(store, *[a_session(id) for id in ids])
    async with store.transaction() as tx:
        for number, id in enumerate(ids):
            await tx.leases.take(id, HERE, later(-number), 10)
        await tx.leases.release(ids[1], HERE)
        assert await tx.leases.expired(later(9)) == [ids[2]]
        assert await tx.leases.expired(later(10)) == [ids[2], ids[0]]
        assert await tx.leases.expired(later(1)) == []


async def test_a_session_that_is_not_there_has_no_lease(store: Store) -> None:
    with pytest.raises(SessionNotFound):
        await take(store, HERE)


# --- repeated requests ------------------------------------------------------------------------------

ANSWER = StoredAnswer(201, b'{"id": "ses_1"}\0\xff', "application/json")


async def begin(store: Store, at: datetime = NOW, print_: str = "a", by: str = "ana") -> StoredAnswer | None:
    viewer = {"ana": ANA, "ben": BEN, "eve": EVE}[by]
    async with store.transaction() as tx:
        return await tx.idempotency.begin(viewer, "key-1", print_, at)


async def finish(store: Store, answer: StoredAnswer = ANSWER) -> None:
    async with store.transaction() as tx:
        await tx.idempotency.finish(ANA, "key-1", answer)


async def test_a_repeated_request_gets_the_first_answer(store: Store) -> None:
    assert await begin(store) is None
    await finish(store)
    assert await begin(store) == ANSWER
    await finish(store, StoredAnswer(500, b"", "text/plain"))  # the first answer stands
    assert await begin(store, later(1_000_000)) == ANSWER


async def test_a_key_is_for_one_request(store: Store) -> None:
    await begin(store)
    with pytest.raises(IdempotencyMismatch):
        await begin(store, print_="b")
    await finish(store)
    with pytest.raises(IdempotencyMismatch):
        await begin(store, print_="b")


async def test_a_request_that_still_runs_is_not_run_beside_itself(store: Store) -> None:
    await begin(store)
    with pytest.raises(Conflict):
        await begin(store, later(59))


async def test_a_request_that_died_is_run_again(store: Store) -> None:
    await begin(store)
    assert await begin(store, later(60)) is None
    with pytest.raises(Conflict):
        await begin(store, later(61))


async def test_a_request_that_was_given_up_is_run_again(store: Store) -> None:
    await begin(store)
    async with store.transaction() as tx:
        await tx.idempotency.abandon(ANA, "key-1")
    assert await begin(store, print_="b") is None


async def test_an_answer_cannot_be_given_up(store: Store) -> None:
    await begin(store)
    await finish(store)
    async with store.transaction() as tx:
        await tx.idempotency.abandon(ANA, "key-1")
    assert await begin(store) == ANSWER


async def test_keys_of_others_are_other_keys(store: Store) -> None:
    for by in ("ana", "ben", "eve"):
        assert await begin(store, by=by) is None
    await finish(store)
    with pytest.raises(Conflict):
        await begin(store, by="ben")


async def test_of_two_requests_at_the_same_time_one_is_run(store: Store) -> None:
    async def run_it(results: list[str]) -> None:
        try:
            results.append("run" if await begin(store) is None else "answer")
        except Conflict:
            results.append("conflict")

    results: list[str] = []
    async with anyio.create_task_group() as tg:
        for _ in range(5):
            tg.start_soon(run_it, results)
    assert sorted(results) == ["conflict"] * 4 + ["run"]


async def test_old_answers_are_forgotten(store: Store) -> None:
    await begin(store)
    await finish(store)
    async with store.transaction() as tx:
        await tx.idempotency.forget_before(NOW)
    assert await begin(store) == ANSWER
    async with store.transaction() as tx:
        await tx.idempotency.forget_before(later(1))
    assert await begin(store, later(1)) is None


# --- reports ----------------------------------------------------------------------------------------


async def test_the_last_report_of_a_session_is_kept(store: Store) -> None:
    await add(store, a_session())
    async with store.transaction() as tx:
        assert await tx.reports.get(ANA, SES) is None
        await tx.reports.save(SES, StoredReport("failed", {}, NOW))
        await tx.reports.save(SES, StoredReport("ready", {"scores": [1, 2.5], "text": "ü \0"}, later(1)))
    async with store.reading() as tx:
        assert await tx.reports.get(ANA, SES) == StoredReport("ready", {"scores": [1, 2.5], "text": "ü \0"}, later(1))


async def test_a_session_that_is_not_there_has_no_report(store: Store) -> None:
    with pytest.raises(SessionNotFound):
        async with store.transaction() as tx:
            await tx.reports.save(SES, StoredReport("ready", {}, NOW))
