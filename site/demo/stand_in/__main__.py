"""Start the stand-in: `python -m demo.stand_in --port 8001 --site http://127.0.0.1:8000`."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from demo.stand_in.server import StandIn


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m demo.stand_in", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address; any other is refused")
    parser.add_argument("--site", action="append", required=True, help="origin of the site; repeatable")
    parser.add_argument("--mail", type=Path, help="folder into which the site writes its e-mails")
    args = parser.parse_args()
    try:
        server = StandIn(args.host, args.port, sites=args.site, mail=args.mail)
    except (OSError, ValueError) as error:
        sys.exit(f"The stand-in did not start: {error}")
    print(f"The stand-in identity provider answers on {server.base}", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()


if __name__ == "__main__":
    main()
