"""Start the stand-in: `python -m demo.stand_in --port 8001 --site http://127.0.0.1:8000`."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from demo.stand_in.server import StandIn


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m demo.stand_in", description=__doc__)
    words.add_argument("--port", type=int, required=True)
    words.add_argument("--host", default="127.0.0.1", help="a loopback address; any other is refused")
    words.add_argument("--site", action="append", required=True, help="origin of the site; repeatable")
    words.add_argument("--mail", type=Path, help="folder into which the site writes its letters")
    given = words.parse_args()
    try:
        server = StandIn(given.host, given.port, sites=given.site, mail=given.mail)
    except (OSError, ValueError) as error:
        sys.exit(f"The stand-in did not start: {error}")
    print(f"The stand-in identity provider answers on {server.base}", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()


if __name__ == "__main__":
    main()
