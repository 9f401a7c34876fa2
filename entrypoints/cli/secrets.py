"""`frontdesk secrets`: passwords and keys in the encrypted file."""

import argparse
import sys

from application.kernel.secrets import Secret, SecretVault
from entrypoints.wiring.environment import environment
from entrypoints.wiring.secrets import encrypted_file
from entrypoints.wiring.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="the names of all secrets")
    put = actions.add_parser("set", help="keep what comes by standard input")
    put.add_argument("name", help="such as smtp-password")
    remove = actions.add_parser("remove", help="forget one")
    remove.add_argument("name")
    actions.add_parser("rotate", help="keep everything under a new key; running processes follow")
    actions.add_parser("forget-old-keys", help="once nothing is kept under them")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    settings.secret_places.file.parent.mkdir(parents=True, exist_ok=True)
    vault = encrypted_file(settings.secret_places, environment())
    actions = {
        "list": _list,
        "set": _set,
        "remove": _remove,
        "rotate": _rotate,
        "forget-old-keys": _forget_old_keys,
    }
    return actions[arguments.action](vault, arguments)


def _list(vault: SecretVault, _arguments: argparse.Namespace) -> int:
    for name in vault.names():
        print(name)
    return 0


def _set(vault: SecretVault, arguments: argparse.Namespace) -> int:
    """Never an argument: those are seen in lists of processes and kept by shells."""
    value = sys.stdin.read().rstrip("\r\n")
    if not value:
        print("frontdesk: nothing came by standard input", file=sys.stderr)
        return 1
    vault.put(arguments.name, Secret(value))
    return 0


def _remove(vault: SecretVault, arguments: argparse.Namespace) -> int:
    vault.remove(arguments.name)
    return 0


def _rotate(vault: SecretVault, _arguments: argparse.Namespace) -> int:
    print(f"everything is kept under key {vault.rotate()}")
    return 0


def _forget_old_keys(vault: SecretVault, _arguments: argparse.Namespace) -> int:
    for key_id in vault.forget_old_keys():
        print(f"key {key_id} is forgotten")
    return 0
