"""`python -m benchmarks [name ...]`: all of them, or those named."""

import argparse
import asyncio

import uvloop

from benchmarks import (
    availability,
    booking_analytics,
    call_analytics,
    call_lists,
    callbacks,
    catalogue,
    exporting,
    floors,
    guarding,
    http,
    imports,
    layers,
    live_calls,
    loads,
    papers,
    pipelines,
    port,
    profile,
    realtime,
    sealed,
    servers,
    starting,
    stays,
    telemetry,
    units,
    walls,
    webhooks,
)
from benchmarks.measuring import Effort

BENCHMARKS = {
    "floors": floors.run,
    "port": port.run,
    "http": http.run,
    "profile": profile.run,
    "realtime": realtime.run,
    "units": units.run,
    "catalogue": catalogue.run,
    "availability": availability.run,
    "stays": stays.run,
    "imports": imports.run,
    "pipelines": pipelines.run,
    "telemetry": telemetry.run,
    "papers": papers.run,
    "sealed": sealed.run,
    "guarding": guarding.run,
    "layers": layers.run,
    "walls": walls.run,
    "webhooks": webhooks.run,
    "callbacks": callbacks.run,
    "booking_analytics": booking_analytics.run,
    "call_analytics": call_analytics.run,
    "call_lists": call_lists.run,
    "live_calls": live_calls.run,
    "exporting": exporting.run,
    "loads": loads.run,
    "servers": servers.run,
    "starting": starting.run,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHMARKS))
    parser.add_argument("--rounds", type=int, default=Effort().rounds)
    parser.add_argument("--seconds", type=float, default=Effort().seconds)
    parser.add_argument("--calls", type=int, default=Effort().calls)
    parser.add_argument(
        "--kept", action="append", default=[], metavar="URL", help="for call_lists: a database"
    )
    parser.add_argument(
        "--processes", type=int, default=Effort().processes, help="for callbacks: how many serve"
    )
    options = parser.parse_args()
    effort = Effort(
        rounds=options.rounds,
        seconds=options.seconds,
        calls=options.calls,
        kept=options.kept,
        processes=options.processes,
    )
    for name in options.names or BENCHMARKS:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(BENCHMARKS[name](effort))


if __name__ == "__main__":
    main()
