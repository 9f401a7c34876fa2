"""What REDbot notes at an address, as JSON; run by the interpreter that has it.

visit.py AUTHORIZATION URL
"""

import json
import sys
from configparser import ConfigParser

import thor  # type: ignore[import-not-found]
from redbot.resource import HttpResource  # type: ignore[import-not-found]


def visit(authorization: str, url: str) -> None:
    config = ConfigParser()
    config.read_dict({"redbot": {"enable_local_access": "True"}})
    resource = HttpResource(config["redbot"])
    resource.set_request(url, headers=[("Authorization", authorization)])
    resource.on("check_done", thor.stop)
    resource.check()
    thor.run()
    response = resource.response
    notes = [[note.level.value, str(note.summary)] for note in response.notes]
    print(json.dumps({"url": url, "status": response.status_code, "notes": notes}))


if __name__ == "__main__":
    visit(*sys.argv[1:])
