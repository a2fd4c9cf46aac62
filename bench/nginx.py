"""nginx beside us: the same file, the same machine, the same questions. Skipped where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import site

CONFIGURATION = """
{user}
worker_processes 2;
error_log stderr emerg;
pid {folder}/nginx.pid;
daemon off;
events {{ worker_connections 64; }}
http {{
  access_log off;
  sendfile on;
  types {{ application/pdf pdf; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
"""


def program() -> str | None:
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextmanager
def serving(file: Path, folder: Path) -> Iterator[tuple[str, int]]:
    """Serve the folder of ``file`` by nginx; yield its address and its process id."""
    port = site.free_port()
    written = folder / "nginx.conf"
    # Started as root, its workers would be nobody, who may not read our temporary folder.
    user = "user root;" if os.geteuid() == 0 else ""
    written.write_text(CONFIGURATION.format(user=user, folder=folder, root=file.parent, port=port))
    server = subprocess.Popen([program() or "nginx", "-p", str(folder), "-c", str(written)])
    try:
        site.wait_for(f"http://127.0.0.1:{port}/{file.name}")
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)
