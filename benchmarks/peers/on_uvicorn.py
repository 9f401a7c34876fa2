"""The same program on uvicorn, with httptools and uvloop, which are its fastest."""

import os

import uvicorn


def main() -> None:
    uvicorn.run(
        "entrypoints.cli.serve:application",
        factory=True,
        host="127.0.0.1",
        port=int(os.environ["FRONTDESK_HTTP_PORT"]),
        http="httptools",
        loop="uvloop",
        log_level="error",
        access_log=False,
    )


if __name__ == "__main__":
    main()
