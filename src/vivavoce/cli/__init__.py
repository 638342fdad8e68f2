"""The command `vivavoce`.

What a command needs is imported when it runs: `vivavoce --help` must not load a database and a speech model first.
Wrong configuration ends a command with status 2, anything else that a person can put right with status 1; both say
it in sentences.
"""

import json
import os
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Final, cast

import typer

if TYPE_CHECKING:
    from vivavoce.base.config import Config

app = typer.Typer(
    name="vivavoce",
    help="Live sessions between people and an AI, self-hosted.",
    epilog="Everything is set by VIVAVOCE_* variables or a file .env: docs/configuration.md lists them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a trace with local variables would show what people said
)
models = typer.Typer(no_args_is_help=True, help="Better local speech models.")
app.add_typer(models, name="models")
credits = typer.Typer(no_args_is_help=True, help="What people pay sessions with.")
app.add_typer(credits, name="credits")

accounts = typer.Typer(no_args_is_help=True, help="Who may sign in.")
app.add_typer(accounts, name="accounts")
communities = typer.Typer(no_args_is_help=True, help="The tenants of this server.")
app.add_typer(communities, name="communities")
_Password = Annotated[
    str | None, typer.Option(help="Left out: asked for. `-`: the first line of the standard input.", show_default=False)
]

_OWN_THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def main() -> None:
    """Run the command line of this process."""
    for name in _OWN_THREADS:  # small models on many rooms: threads of numerics libraries only get in the way
        os.environ.setdefault(name, "1")
    app()


@app.callback(invoke_without_command=True)
def root(version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False) -> None:
    if version:
        from importlib.metadata import version as version_of

        typer.echo(version_of("vivavoce"))
        raise typer.Exit


@app.command()
def serve() -> None:
    """Serve the room page and the API on VIVAVOCE_HOST:VIVAVOCE_PORT until stopped."""
    config = _configured()
    from vivavoce.cli import serving

    _run(lambda: serving.serve(config))


@app.command()
def talk(
    format: Annotated[str, typer.Option(help="Which kind of session.")] = "coaching",
    persona: Annotated[str | None, typer.Option(help="Who the AI is; the format's own if left out.")] = None,
) -> None:
    """Talk with the coach here in the terminal, by text, without a server."""
    config = _configured(quiet=True)
    from vivavoce.cli import talking

    _run(lambda: talking.talk(config, format, persona))


@app.command()
def demo() -> None:
    """Fill the store with believable people, sessions, reports and progress, for looking around and for screenshots."""
    config = _configured(quiet=True)
    from vivavoce.simulator.demo.fill import fill

    async def play() -> None:
        held = await fill(config, lambda title: typer.echo(f"  {title}"))
        typer.echo(f"{held} sessions are there. Now: vivavoce serve")

    _run(play)


@app.command()
def doctor(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Show what is configured, what is reachable, what was chosen, and why. Status 1 if a part is failing."""
    config = _configured(quiet=True)
    from vivavoce import bootstrap
    from vivavoce.base.finding import Finding, State
    from vivavoce.cli.tables import findings_table, print_table

    findings: list[Finding] = []

    async def look() -> None:
        findings.extend(await bootstrap.diagnose(config))

    _run(look)
    if as_json:
        fields = ("part", "choice", "state", "why")
        typer.echo(json.dumps([{name: getattr(one, name) for name in fields} for one in findings], indent=2))
    else:
        print_table(findings_table(findings))
    if any(one.state is State.FAILING for one in findings):
        raise typer.Exit(1)


@app.command()
def migrate() -> None:
    """Bring the store to this version's schema. `serve` does it too; this is for rolling out in steps."""
    config = _configured(quiet=True)
    from vivavoce import bootstrap

    _run(lambda: bootstrap.migrate(config))
    typer.echo("The store is at this version's schema.")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def bench(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Which one; without it, they are listed.")] = None,
) -> None:
    """Run a benchmark of a source checkout; what follows its name is handed on to it."""
    from vivavoce.cli import benches

    raise typer.Exit(benches.run(name, context.args))


@models.command("list")
def models_list() -> None:
    """Which models there are to pull, and which are here."""
    config = _configured(quiet=True)
    from vivavoce.cli import speech_models

    speech_models.show(config.store.models)


@models.command("pull")
def models_pull(name: Annotated[str, typer.Argument(help="As `vivavoce models list` shows it.")]) -> None:
    """Fetch a model into VIVAVOCE_MODELS, checked against its checksum; goes on where it was cut off."""
    config = _configured(quiet=True)
    from vivavoce.cli import speech_models

    _run(lambda: speech_models.pull(config.store.models, name))


@accounts.command("add")
def accounts_add(
    *,
    email: Annotated[str, typer.Argument(help="The e-mail address to sign in with.")],
    name: Annotated[str, typer.Option(help="As others see it; the address's first part if left out.")] = "",
    standing: Annotated[str, typer.Option(help="member, coach, host or admin.")] = "member",
    community: Annotated[str | None, typer.Option(help="A community's id; the server's own if left out.")] = None,
    from_local: Annotated[
        bool, typer.Option("--from-local", help="Give them the account of local mode, with all that was made there.")
    ] = False,
    password: _Password = None,
) -> None:
    """Make an account. The first admin of a server is made here."""
    config = _configured(quiet=True)
    from vivavoce.cli import people

    new = people.NewAccount(email, name, standing, community, from_local)
    _run(lambda: people.add(config, new, people.asked(password)))


@accounts.command("password")
def accounts_password(
    email: Annotated[str, typer.Argument(help="Whose.")],
    community: Annotated[str | None, typer.Option(help="A community's id; the server's own if left out.")] = None,
    password: _Password = None,
) -> None:
    """Give somebody a new password. All their sign-ins end."""
    config = _configured(quiet=True)
    from vivavoce.cli import people

    _run(lambda: people.set_password(config, email, community, people.asked(password)))


@communities.command("add")
def communities_add(
    id: Annotated[str, typer.Argument(help="Small letters, digits, dashes; it stays.")],
    name: Annotated[str, typer.Option(help="As people see it; the id if left out.")] = "",
    sign_up: Annotated[str, typer.Option(help="Who may make an account: open, invited or closed.")] = "invited",
) -> None:
    """Make a community."""
    config = _configured(quiet=True)
    from vivavoce.cli import people

    _run(lambda: people.add_community(config, id, name, sign_up))


@communities.command("list")
def communities_list() -> None:
    """Which communities there are."""
    config = _configured(quiet=True)
    from vivavoce.cli import people

    _run(lambda: people.list_communities(config))


@communities.command("secret")
def communities_secret(
    id: Annotated[str, typer.Argument(help="The community's id.")],
    at_once: Annotated[
        bool, typer.Option("--at-once", help="The secret before is void now, not only in a day.")
    ] = False,
) -> None:
    """Make a new secret for the community's own platform to sign links with, and show it."""
    config = _configured(quiet=True)
    from vivavoce.cli import people

    _run(lambda: people.new_secret(config, id, at_once))


@credits.command("grant")
def credits_grant(
    account: Annotated[str, typer.Argument(help="The account's e-mail address or id; `local` in local mode.")],
    number: Annotated[int, typer.Argument(help="How many credits.", min=1)],
    reason: Annotated[str, typer.Option(help="Why: its person reads it.")],
    key: Annotated[str | None, typer.Option(help="Given again, the same key grants nothing more.")] = None,
) -> None:
    """Give an account credits."""
    config = _configured(quiet=True)
    from vivavoce.cli import ledger
    from vivavoce.services.money.accounts import Grant

    _run(lambda: ledger.grant(config, Grant(account, number, reason, key)))


@credits.command("balance")
def credits_balance(
    account: Annotated[str, typer.Argument(help="The account's e-mail address or id.")] = "local",
) -> None:
    """Show an account's credits and its last entries."""
    config = _configured(quiet=True)
    from vivavoce.cli import ledger

    _run(lambda: ledger.show(config, account))


def _configured(*, quiet: bool = False) -> "Config":
    """The configuration, with the log set up by it. quiet: below warnings, the terminal belongs to the command."""
    from vivavoce.base import log
    from vivavoce.base.config_reading import ConfigError, read_config, unknown_variables

    for sentence in unknown_variables():
        typer.echo(f"Warning: {sentence}", err=True)
    try:
        config = read_config()
    except ConfigError as exc:
        raise _complained(exc.problems, status=2) from None
    loud = config.log.level in {"debug", "error"}
    log.configure(config.log if loud or not quiet else config.log.model_copy(update={"level": "warning"}))
    return config


def _run(command: Callable[[], Awaitable[None]]) -> None:
    """Run `command` to its end, and say in a sentence what a person can put right."""
    import anyio

    from vivavoce.base.config_reading import ConfigError
    from vivavoce.domain.errors import DomainError

    try:
        anyio.run(command, backend_options={"use_uvloop": True})
    except (ConfigError, DomainError, ExceptionGroup) as exc:
        faults = _leaves(exc)
        if not all(isinstance(fault, ConfigError | DomainError) for fault in faults):
            raise
        wrong_config = any(isinstance(fault, ConfigError) for fault in faults)
        raise _complained([str(fault) for fault in faults], status=2 if wrong_config else 1) from None
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def _leaves(exc: Exception) -> list[Exception]:
    """The exceptions that a group, or a group of groups, is made of."""
    if not isinstance(exc, ExceptionGroup):
        return [exc]
    return [leaf for part in cast("ExceptionGroup[Exception]", exc).exceptions for leaf in _leaves(part)]


def _complained(sentences: Sequence[str], status: int) -> typer.Exit:
    for sentence in sentences:
        typer.echo(sentence, err=True)
    return typer.Exit(status)
