"""A private, throw-away PostgreSQL: its own cluster in a temporary folder, reached through a Unix socket.

PostgreSQL refuses to run as root. Tests that run as root start it as the user `postgres` of Debian's package.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.parts import need

_SETTINGS: Final = {
    "listen_addresses": "",  # the socket only: no port to collide with anybody
    "fsync": "off",  # nothing of it outlives the test run
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "32MB",
}


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """programs: the folder of psql and its kin. folder: holds the cluster and the server's socket."""

    programs: Path
    folder: Path

    def run(self, program: str, *arguments: str) -> str:
        """What one of PostgreSQL's own programs prints. Raises CalledProcessError."""
        command = [*_as_its_user(), str(self.programs / program), *arguments]
        # Output goes to a file: the server that pg_ctl leaves behind would keep a pipe open.
        with tempfile.TemporaryFile("w+") as output:
            subprocess.run(command, check=True, stdout=output, stderr=subprocess.STDOUT, cwd=self.folder, timeout=60)
            output.seek(0)
            return output.read()

    def sql(self, statement: str, database: str = "postgres") -> str:
        """What the superuser is answered, one row per line."""
        connect = ("-h", str(self.folder), "-U", "postgres", "-d", database)
        return self.run("psql", *connect, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", statement)

    def url(self, database: str) -> str:
        """As VIVAVOCE_DATABASE takes it. The role owns its databases and is no superuser, so that row-level
        security binds it."""
        return f"postgresql://vivavoce@/{database}?host={self.folder}"


def _as_its_user() -> list[str]:
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]


@contextmanager
def running_postgres() -> Generator[PostgresServer]:
    """Start a fresh cluster, about 1 s; stop it and remove all of it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="vivavoce-pg-"))
    server = PostgresServer(need("postgresql"), folder)
    data = str(folder / "data")
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    try:
        server.run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = " ".join(f"-c {name}='{value}'" for name, value in _SETTINGS.items())
        log = str(folder / "log")
        server.run("pg_ctl", "-D", data, "-w", "-l", log, "-o", f"-k {folder} {options}", "start")
        try:
            server.sql("create role vivavoce login createdb")
            yield server
        finally:
            server.run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


@contextmanager
def fresh_database(server: PostgresServer, name: str) -> Generator[str]:
    """The URL of an empty database, dropped at the end whoever is still connected."""
    server.sql(f'create database "{name}" owner vivavoce')
    try:
        yield server.url(name)
    finally:
        server.sql(f'drop database "{name}" with (force)')
